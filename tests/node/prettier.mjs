// Formats Markdown until its input ends: a line of JSON in, a line of JSON out. See tests/properties.
import { createInterface } from "node:readline";
import { format } from "prettier";

for await (const line of createInterface({ input: process.stdin })) {
  const made = await format(JSON.parse(line), { parser: "markdown" });
  process.stdout.write(JSON.stringify(made) + "\n");
}
