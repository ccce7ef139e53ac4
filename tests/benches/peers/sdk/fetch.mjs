// CPU time of one fetch of an extension by Twilio's Node library, which is asked to speak plain http to the given server.
// node fetch.mjs URL, in a folder where `npm install twilio` was run.
import { createRequire } from "node:module";
import http from "node:http";
import path from "node:path";

const require = createRequire(path.join(process.cwd(), "fetch.cjs"));
const twilio = require("twilio");
const base = process.argv[2];

class Loopback extends twilio.RequestClient {
  constructor() {
    super({ keepAlive: true });
    this.axios.defaults.httpAgent = new http.Agent({ keepAlive: true });
  }

  request(options) {
    const uri = options.uri.replace("https://marketplace.twilio.com", base);
    return super.request({ ...options, uri });
  }
}

const client = twilio(
  "AC0123456789abcdef0123456789abcdef",
  "0123456789abcdef0123456789abcdef",
  { httpClient: new Loopback() },
);
const extension = client.marketplace.v1
  .installedAddOns("XE0123456789abcdef0123456789abcdef")
  .extensions("XF0123456789abcdef0123456789abcdef");

const times = 2000;
for (let warm = 0; warm < times; warm++) await extension.fetch();
const rounds = [];
for (let round = 0; round < 9; round++) {
  const cpu = process.cpuUsage();
  const wall = process.hrtime.bigint();
  for (let call = 0; call < times; call++) await extension.fetch();
  const { user, system } = process.cpuUsage(cpu);
  rounds.push([(user + system) / times, Number(process.hrtime.bigint() - wall) / 1000 / times]);
}
const median = (of) => rounds.map(of).sort((one, two) => one - two)[4];
const { version } = require("twilio/package.json");
console.log(
  `twilio for node ${version}: ${median((r) => r[0]).toFixed(0)} µs CPU and ` +
    `${median((r) => r[1]).toFixed(0)} µs wall a fetch, median of 9 rounds of ${times}`,
);
