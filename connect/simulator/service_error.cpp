#include "connect/simulator/service_error.h"

#include "connect/json.h"

namespace perch::simulator {

Answer answer_of(const ServiceError& error) {
  Answer answer;
  answer.status = error.status;
  answer.headers = {{"content-type", "application/json"}, {"x-amzn-errortype", error.code}};
  answer.body = connect::to_text(connect::Json::object({{error.modelled ? "Message" : "message", error.message}}));
  return answer;
}

}  // namespace perch::simulator
