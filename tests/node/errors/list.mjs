// Prints the table's rows, one a line: service, operation, exception, and whether it is provoked, or never answered.
import { rows } from './table.mjs';

for (const { service, operation, error, never } of rows) {
  console.log([service, operation, error, never ? 'never' : 'provoked'].join(' '));
}
