#include "overlay/api_options.h"

namespace perch::overlay {

connect::ApiOptions api_options(const Target& target, connect::milliseconds timeout, bool watches) {
  connect::ApiOptions api;
  api.endpoint = target.endpoint;
  api.region = target.region;
  api.instance = target.instance;
  api.user = target.user;
  api.credentials = target.credentials;
  api.timeout = timeout;
  api.credentials_at_once = target.credentials_at_once;
  api.watch_credentials = watches;
  api.cancel_credentials = [stop = target.credentials_stop]() mutable { stop.request_stop(); };
  return api;
}

}  // namespace perch::overlay
