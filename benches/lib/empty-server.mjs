// What an answer over HTTP takes at least: `node empty-server.mjs PORT`, with the connection of PostgreSQL as JSON in MEDITORY_BENCH_DATABASE. Answers
// /empty without doing anything, and /select after one `select 1`.
import Fastify from 'fastify';
import pg from 'pg';

const pool = new pg.Pool({ ...JSON.parse(process.env.MEDITORY_BENCH_DATABASE), max: 16 });
// The cluster may end before this process does.
pool.on('error', () => process.exit(0));
const server = Fastify();
server.get('/empty', async () => ({ data: [] }));
server.get('/select', async () => {
  const { rows } = await pool.query({ name: 'one', text: 'select 1 as one' });
  return { data: rows };
});
await server.listen({ port: Number(process.argv[2]), host: '127.0.0.1' });
process.stdout.write('ready\n');
