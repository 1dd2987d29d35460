// An S3-compatible server which checks signatures. Usage: node s3-server.cjs DIRECTORY BUCKET...
// Prints its port when it listens; ends with its standard input, so that it never outlives the test that started it.
const S3rver = require('@20minutes/s3rver');

const [directory, ...buckets] = process.argv.slice(2);
process.stdin.on('end', () => process.exit()).resume();

new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory,
  configureBuckets: buckets.map((name) => ({ name })),
}).run().then(({ port }) => console.log(port));
