#!/usr/bin/env node
// The JavaScript runner: `--serve` is for `droppoint`, the rest for the terminal.

process.stdout.on('error', (error) => {
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  // The reader has closed the pipe.
  if (code === 'EPIPE') process.exit(0);
  console.error(`Cannot write to standard output: ${error.message}`);
  process.exit(1);
});

const args = process.argv.slice(2);
if (args.length === 1 && args[0] === '--serve') {
  const { serve } = await import('./serve.js');
  await serve();
} else {
  const { cli } = await import('./cli.js');
  process.exitCode = await cli(args);
}
