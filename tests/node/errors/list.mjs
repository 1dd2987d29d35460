// Prints the table's rows, one a line: service, operation, exception, and whether it is provoked, never answered or known to be missing.
import { rows } from './table.mjs';

for (const { service, operation, error, never, missing } of rows) {
  console.log([service, operation, error, never ? 'never' : missing ? 'missing' : 'provoked'].join(' '));
}
