// Starts perch-simulate and speaks to its control side.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export class Simulator {
  static async start(program, ...args) {
    const simulator = new Simulator();
    simulator.child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(createInterface({ input: simulator.child.stdout }), "line");
    Object.assign(simulator, JSON.parse(line));
    return simulator;
  }

  async stop() {
    this.child.kill("SIGTERM");
    const [code] = await once(this.child, "exit");
    return code;
  }

  async control(method, path, body) {
    const answer = await fetch(this.endpoint_url + "/_sim/" + path, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const json = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(json.error), { status: answer.status });
    return json;
  }

  place(contact) {
    return this.control("POST", "contacts", { channel: "VOICE", ...contact }).then((answer) => answer.contact_id);
  }
  change(contact, state) {
    return this.control("PUT", "contacts/" + contact, { state });
  }
  /** At most 290 s in all: the JavaScript client corrects its clock once Date is five minutes off, and signs by it. */
  advance(seconds) {
    return this.control("PUT", "clock", { advance_s: seconds });
  }
  status(type, nth = 0) {
    return this.statuses.filter((status) => status.type === type)[nth];
  }
}
