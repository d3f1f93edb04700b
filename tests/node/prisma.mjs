// Reads schemas until its input ends: a line of JSON {prisma: 6 or 7, files: [[path, text], …]} in,
// a line of JSON out: what Prisma's own parser makes of it, or {error}. See tests/integration.
import { createInterface } from "node:readline";
import six from "prisma-schema-6";
import seven from "prisma-schema-7";

for await (const line of createInterface({ input: process.stdin })) {
  const { prisma, files } = JSON.parse(line);
  const parser = prisma === 6 ? six : seven;
  let made;
  try {
    made = parser.get_dmmf(JSON.stringify({ prismaSchema: files }));
  } catch (problem) {
    made = JSON.stringify({ error: String(problem.message) });
  }
  process.stdout.write(made + "\n");
}
