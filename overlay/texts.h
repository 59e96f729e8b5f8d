#pragma once
// Every word the overlay shows, in one place and in each language. {0}, {1}, ... stand for what is put in; a language
// may turn their order round. What the service and people named themselves is never translated.
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace perch::overlay {

/// One thing and several: "ends {0} ACW".
struct Counted {
  const char *one, *many;
};

struct Texts {
  const char *code, *name;  ///< "de", "Deutsch"

  // What is.
  const char *connecting, *no_status_known, *no_access, *no_status_yet, *status, *last_seen, *ago, *not_signed_in,
      *not_listed, *simulated, *unreal_status;
  const char *contact_failed, *missed_contact, *rejected_contact, *on_contact, *after_contact_work, *incoming_contact,
      *custom_status, *available, *offline;
  const char *contact, *voice, *chat, *task, *email;
  const char *ringing, *pending, *connecting_contact, *connected, *on_hold, *missed, *failed, *rejected, *unknown_state,
      *in_wrap_up;
  const char *several_contacts, *held_back, *lingering, *contact_left, *contact_ago, *lingering_contact;

  // Time.
  const char *minutes, *hours, *seconds, *under_a_minute, *left, *ending;
  const char *of_break, *of_limit, *over_by, *ends_by_itself;

  // What comes, and how sure it is.
  const char *next, *then, *now, *no_next, *then_after, *asked, *still_asked, *cancel_asked, *without_answer,
      *instead_of, *confirmed, *set_elsewhere, *set_elsewhere_at;
  Counted clear_contacts;

  // Buttons, and what they will do.
  const char *retry, *details, *ok, *clear, *clear_all, *rescue, *really_clear, *cancel, *choose_next, *choose_status,
      *take_break, *status_next, *status_now;
  Counted ends_acw, clears_missed, clears_rejected, clears_failed;
  const char *refresh, *keys, *leave, *settings, *strip, *card, *dot, *hide, *quit, *back;

  // The card.
  const char *contacts, *contacts_last_seen, *statuses, *next_after_contacts, *no_choice, *before_answer,
      *sign_in_first, *list_failed, *list_coming, *stale_choices, *break_length, *remind_after, *no_length, *today,
      *source_connect, *source_softphone, *source_relay, *age_of, *every, *band, *band_so_far, *times;

  // How a wish ended.
  const char *cancel_of, *was_refused, *refused_why, *not_confirmed, *not_confirmed_why, *not_sent_in_time,
      *not_sent_in_time_why, *part_not_sent, *part_not_sent_why, *and_part_not_sent, *not_sent, *dropped, *already,
      *already_so, *applied_at_once, *ended_with_it;
  const char *situation_changed, *contact_ended, *contact_began, *wrap_up_ended, *wrap_up_began, *signed_out,
      *contacts_changed;
  const char *does_next, *does_next_and, *does_now, *does;

  // What somebody else did, and what is easily forgotten.
  const char *elsewhere_status, *elsewhere_next, *elsewhere_replaced, *elsewhere_gone;
  const char *remind_missed, *remind_offline, *remind_next, *remind_acw, *remind_acw_then, *remind_break, *remind_limit;

  // What went wrong.
  const char *not_reachable, *no_answer, *too_many, *connect_problem, *no_credentials, *credentials_rejected, *denied,
      *not_found, *invalid, *malformed, *given_up, *wrong_settings;
  const char *ask_permission, *set_up_credentials, *renew_credentials, *check_settings;
  // {0} what to run in a terminal, {1} when the credentials in use end.
  const char *copy, *run_to_sign_in, *sign_in_ends, *sign_in_ends_run;

  // Settings.
  const char *tab_look, *tab_breaks, *tab_reminders, *tab_keys, *tab_about;
  const char *theme, *system, *dark, *light, *contrast, *text_size, *scale, *automatic, *opacity, *motion, *motion_full,
      *motion_reduced, *language, *start_view;
  const char *none, *limit_of, *no_limit, *length_of, *not_set, *which_status, *is_usual;
  const char *when_missed, *when_offline, *when_next, *when_acw, *when_break, *when_elsewhere, *desktop, *on, *off,
      *no_desktop_service;
  const char *press_key, *key_taken, *key_action, *key_open, *key_hold, *key_refresh, *key_clear_all, *yes, *no,
      *percent, *keys_note, *summon_key, *summon_refused, *choices_keys;
  // The first run.
  const char *connection, *set_up, *step_of, *finding, *finding_what, *not_found_yet, *listing, *ask_profile,
      *no_profiles, *environment, *kind_keys, *kind_session, *kind_role, *kind_sso, *kind_login, *kind_process,
      *ask_region, *ask_instance, *no_instances, *not_active, *ask_user, *type_to_filter, *type_now, *signed_in_as_this,
      *nobody_matches, *more_users, *signed_in_as, *answered_in, *status_is, *save_and_start, *start;

  const char *version, *talks_to, *as_user, *settings_in, *not_saved, *only_this_run;
};

extern const Texts english;
extern const Texts german;

/// The languages there are, in the order in which they are offered.
const std::vector<const Texts*>& languages();
/// By code ("de") or a locale's name ("de_AT.UTF-8"); English for what is not there.
const Texts& texts_in(std::string_view language);

/// All of them, for who must know which letters there are. [any thread]
std::vector<const char*> words_in(const Texts& texts);

/// `pattern` with its {0}, {1}, ... replaced.
std::string say(const char* pattern, std::initializer_list<std::string_view> values);
std::string say(const Counted& pattern, std::size_t count);

}  // namespace perch::overlay
