const { decompose, defineLayout } = require("@shardflake/core");
const { createPool } = require("@shardflake/pool");

async function main() {
  const pool = await createPool({ shards: 2 });
  const id = await pool.next();
  console.log(`${id}, sequence ${decompose(defineLayout(), id).sequence}`);
  await pool.close();
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
