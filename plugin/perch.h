/* Perch for other programs: one Amazon Connect agent's current and next status, and the three things that change them.
 * C11, C++17. This header is the manual.
 *
 * Call order
 *   1. load libperch.so.1, look up "perch_entry" (its type is perch_entry_t), call it with PERCH_ABI_MAJOR
 *   2. open                       starts one thread that looks after one agent
 *   3. ... request_callback is called on you, from any thread ...
 *   4. on_main_thread             takes over what happened meanwhile
 *   5. next_event until it is 0; snapshot for what is true now
 *   6. set / next / cancel_next / clear at any time; each gives a ticket, its outcome is an event later
 *   7. close                      then, if you like, unload
 *
 * Threads
 *   [main-thread]   the thread that called open, and no other; from another one the call does nothing and says so
 *   [any-thread]    called on you from a thread of Perch; do no more than wake your main thread, and never block
 *   No call waits for the network. close waits for our thread, which gives up what is under way.
 *
 * Memory
 *   Strings are UTF-8 and end with 0. What you pass in is copied during the call. What you get belongs to Perch; each
 *   comment says how long it lives. Nothing is ever to be freed by you. Names come from Connect as people typed them:
 *   they may hold control characters and text that runs right to left.
 *
 * Truth
 *   Connect answers a request for a status with "yes" and nothing else. A verdict of NOW, NEXT, CANCELLED or CLEARED
 *   means that a later snapshot showed it; until then show nothing as set.
 *
 * Growth
 *   A struct of this header never changes within a major version. New things come by get_extension, and may be absent.
 */
#ifndef PERCH_H
#define PERCH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PERCH_ABI_MAJOR 1
#define PERCH_ABI_MINOR 0

#if defined(_WIN32)
#define PERCH_CALL __cdecl
#define PERCH_EXPORT __declspec(dllexport)
#else
#define PERCH_CALL
#define PERCH_EXPORT __attribute__((visibility("default")))
#endif

/* One agent that is looked after. Made by open, ended by close. */
typedef struct perch_agent perch_agent_t;

/* You. Must stay as it is from open until close has returned. */
typedef struct perch_host {
  uint32_t abi_major; /* PERCH_ABI_MAJOR you were compiled with */
  uint32_t abi_minor; /* PERCH_ABI_MINOR you were compiled with */
  void* host_data;    /* yours; never touched */
  /* Something happened: call on_main_thread soon. Never called after close. Must not be null. [any-thread] */
  void(PERCH_CALL* request_callback)(const struct perch_host* host);
  /* An interface of yours by id; null when you have none such. May itself be null. [any-thread] */
  const void*(PERCH_CALL* get_extension)(const struct perch_host* host, const char* id);
} perch_host_t;

/* Which agent. Each may be null: then the PERCH_* and AWS_* variables, config.json and the AWS files say, as for the
 * command line. Credentials always come from there. */
typedef struct perch_options {
  const char* instance;     /* id, ARN, or an alias that a command has found within a day */
  const char* user;         /* id, ARN, or a username that a command has found within a day */
  const char* region;       /* "eu-west-2" */
  const char* profile;      /* of the AWS files; beats keys in the environment */
  const char* endpoint_url; /* https, or http on this machine */
  const char* config;       /* path instead of config.json's usual place */
  double poll_s;            /* seconds between looks at an idle agent, 0.4 to 300; 0: as configured, else 15 */
} perch_options_t;

typedef struct perch_status {
  const char* id;
  const char* name;
  const char* type; /* "ROUTABLE", "CUSTOM", "OFFLINE", or what Connect calls it next year */
} perch_status_t;

typedef struct perch_contact {
  const char* id;
  const char* channel;           /* "VOICE", "CHAT", "TASK", "EMAIL", ... */
  const char* state;             /* "CONNECTED", "ENDED" (after contact work), "MISSED", ... */
  const char* initiation_method; /* "INBOUND", ...; null: not known */
  const char* queue_id;          /* null: none */
  double since_s;                /* of the state, epoch seconds; 0: not known */
  double connected_since_s;      /* epoch seconds; 0: not connected or not known */
  int32_t acw_limit_s;           /* after contact work limit; 0: none, -1: not known */
  uint32_t lingering;            /* 1: over long ago, Connect just still lists it */
} perch_contact_t;

/* What Connect said last. It and all it points to live until the next on_main_thread or close. */
typedef struct perch_snapshot {
  uint32_t present;                /* 0: Connect's answer does not list the agent; then status and next are null */
  uint32_t stale;                  /* 1: older than planned, show nothing of it as true */
  const char* status_id;           /* null: not known */
  const char* status_name;         /* null: not known */
  const char* status_type;         /* null: not in the list of statuses */
  double status_since_s;           /* epoch seconds; 0: not known */
  const char* next_name;           /* null: no next status */
  const char* next_id;             /* null: no next status, or several have its name */
  const char* activity;            /* "on_contact", "available", ... as in `perch status --json`; null: not known */
  const perch_contact_t* contacts; /* in Connect's order */
  uint32_t contact_count;
  const perch_status_t* statuses; /* what can be chosen, in Connect's order */
  uint32_t status_count;
  double fetched_at_s; /* epoch seconds by this PC's clock */
  const char* trouble; /* one line: why there is nothing newer; null: all is well */
} perch_snapshot_t;

enum perch_event_kind {
  PERCH_EVENT_SNAPSHOT = 1, /* snapshot has changed, or its trouble has */
  PERCH_EVENT_OUTCOME = 2   /* what became of a ticket; exactly one per ticket, unless the agent is closed first */
};

enum perch_verdict {
  PERCH_NOW = 1,            /* confirmed: the status applies */
  PERCH_NEXT = 2,           /* confirmed: it applies after the contact */
  PERCH_CANCELLED = 3,      /* confirmed: there is no next status any more */
  PERCH_CLEARED = 4,        /* confirmed: the contacts are gone */
  PERCH_ALREADY = 5,        /* nothing to do, nothing sent */
  PERCH_REFUSED = -1,       /* Connect said no, or it cannot be in this situation; nothing was changed */
  PERCH_NOT_CONFIRMED = -2, /* sent, and no snapshot showed it in time: it may come yet */
  PERCH_DROPPED = -3,       /* the situation changed before it could be sent; not sent */
  PERCH_EXPIRED = -4,       /* it could not be sent in time (30 s); of several contacts perhaps some were: see text */
  PERCH_REPLACED = -5       /* a newer call took its place; it may have been sent */
};

typedef struct perch_event {
  uint32_t kind;      /* perch_event_kind */
  int32_t verdict;    /* perch_verdict; 0 for a snapshot */
  uint64_t ticket;    /* 0 for a snapshot */
  uint32_t ended_acw; /* contacts whose after contact work went with it */
  const char* text;   /* one line for people, never null; lives until the next next_event, on_main_thread or close */
  const char* request_id; /* Connect's; null: none. Lives as long as text */
} perch_event_t;

typedef struct perch_plugin {
  uint32_t abi_major;
  uint32_t abi_minor;
  const char* version; /* of Perch, "0.1.0"; lives as long as the module is loaded */

  /* Starts looking after an agent. Null: it cannot, and why (if not null) holds the reason on one line, cut to why_size
   * bytes with its 0. `options` may be null. Several agents may be open at once. The calling thread becomes the agent's
   * main thread. */
  perch_agent_t*(PERCH_CALL* open)(const perch_host_t* host, const perch_options_t* options, char* why,
                                   size_t why_size);
  /* Ends it; what is under way is given up. Null is fine; the same agent twice is not. [main-thread] */
  void(PERCH_CALL* close)(perch_agent_t* agent);

  /* Takes over what happened since the last time. Never blocks. [main-thread] */
  void(PERCH_CALL* on_main_thread)(perch_agent_t* agent);
  /* The next event: 1 and *event is filled in, or 0 and it is untouched. [main-thread] */
  int(PERCH_CALL* next_event)(perch_agent_t* agent, perch_event_t* event);
  /* What is true as far as is known; null before the first answer. Lives until the next on_main_thread or close.
   * [main-thread] */
  const perch_snapshot_t*(PERCH_CALL* snapshot)(perch_agent_t* agent);

  /* Each of these enqueues and returns a ticket; 0: wrong thread, null or no memory, and nothing will happen. They are
   * judged by the snapshot you can see, and sent only while the agent's contacts are as they are in it. One is under
   * way at a time: a newer one takes the place of an older one. All [main-thread]. */

  /* A status by id or name: now when idle or only in wrap-up (which it ends), else after the contact. The routable
   * status on a live contact cancels the next one. */
  uint64_t(PERCH_CALL* set)(perch_agent_t* agent, const char* status);
  /* The same, refused unless there is a live contact to wait for. */
  uint64_t(PERCH_CALL* next)(perch_agent_t* agent, const char* status);
  /* Takes the next status back; only while a contact is live. */
  uint64_t(PERCH_CALL* cancel_next)(perch_agent_t* agent);
  /* Ends the wrap-up of one contact, or of all that do not linger when `contact` is null. */
  uint64_t(PERCH_CALL* clear)(perch_agent_t* agent, const char* contact);

  /* An interface by id, e.g. "perch.team/1"; null when there is none such: so far there are none. Lives as long as the
   * module is loaded. [main-thread] */
  const void*(PERCH_CALL* get_extension)(const char* id);
} perch_plugin_t;

/* The one symbol of the module. Null: another major version. What it returns lives as long as the module is loaded. May
 * be called any number of times, from any thread. */
typedef const perch_plugin_t*(PERCH_CALL* perch_entry_t)(uint32_t abi_major);
PERCH_EXPORT const perch_plugin_t* PERCH_CALL perch_entry(uint32_t abi_major);

#ifdef __cplusplus
}
#endif

#endif
