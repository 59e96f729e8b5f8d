/* The smallest host that works: shows an agent, asks for a status, waits for the outcome.
 *
 *   example_host STATUS      the status to be next (on a contact) or now (without one); which agent is configured as
 * for the command line (PERCH_INSTANCE, PERCH_USER, AWS_REGION, ...)
 *
 * Exit code: 0 confirmed, 1 not, 2 it could not even begin. */
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "plugin/perch.h"

/* Our main loop sleeps on a pipe; any thread may write into it. */
static int wake_pipe[2];

static void PERCH_CALL request_callback(const perch_host_t* host) {
  (void)host;
  (void)!write(wake_pipe[1], "!", 1);
}

static int wait_for_work(void) {
  struct pollfd ready = {wake_pipe[0], POLLIN, 0};
  char bytes[64];
  return poll(&ready, 1, 60 * 1000) == 1 && read(wake_pipe[0], bytes, sizeof bytes) > 0;
}

static void show(const perch_snapshot_t* now) {
  printf("status: %s\n", now->status_name ? now->status_name : "unknown");
  if (now->next_name) printf("next: %s\n", now->next_name);
  for (uint32_t i = 0; i < now->contact_count; ++i)
    printf("contact: %s %s\n", now->contacts[i].channel, now->contacts[i].state);
}

int main(int argc, char** argv) {
  const perch_host_t host = {PERCH_ABI_MAJOR, PERCH_ABI_MINOR, NULL, request_callback, NULL};
  const perch_plugin_t* perch = perch_entry(PERCH_ABI_MAJOR);
  if (argc != 2 || !perch || pipe(wake_pipe) != 0) return fputs("usage: example_host STATUS\n", stderr), 2;

  char why[512];
  perch_agent_t* agent = perch->open(&host, NULL, why, sizeof why);
  if (!agent) return fprintf(stderr, "%s\n", why), 2;

  uint64_t ticket = 0;
  int32_t verdict = 0;
  while (verdict == 0 && wait_for_work()) {
    perch->on_main_thread(agent);
    perch_event_t event;
    while (perch->next_event(agent, &event)) {
      if (event.kind == PERCH_EVENT_SNAPSHOT) show(perch->snapshot(agent));
      if (event.kind == PERCH_EVENT_OUTCOME && event.ticket == ticket) {
        printf("%s\n", event.text);
        verdict = event.verdict;
      }
    }
    const perch_snapshot_t* now = perch->snapshot(agent);
    if (ticket == 0 && now && now->status_count > 0) ticket = perch->set(agent, argv[1]);
  }
  perch->close(agent);
  return verdict > 0 ? 0 : 1;
}
