// The client of `pg` alone: the pool and the native half, which come in by the package's own door, would be 17 kB more in the Action's file.
declare module 'pg/lib/client.js' {
  import { Client } from 'pg';

  export default Client;
}
