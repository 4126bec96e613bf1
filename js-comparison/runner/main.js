#!/usr/bin/env node
// The runner of JavaScript: for `droppoint` (--serve), or for a person.

process.stdout.on('error', (error) => {
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  // A reader that closed the pipe has seen enough.
  if (code === 'EPIPE') process.exit(0);
  console.error(`Standard output cannot be written to: ${error.message}`);
  process.exit(1);
});

const args = process.argv.slice(2);
if (args.length === 1 && args[0] === '--serve') {
  const { serve } = await import('./serve.js');
  await serve();
} else {
  const { human } = await import('./human.js');
  process.exitCode = await human(args);
}
