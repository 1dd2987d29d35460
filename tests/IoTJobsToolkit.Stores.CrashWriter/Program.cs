using IoTJobsToolkit.LiteDb.Durability;
using IoTJobsToolkit.LiteDb.Locking;
using IoTJobsToolkit.Stores.CrashWriter;

try
{
    if (args[0] == "roll-out")
    {
        await Fleet.RollOutAsync(args[1], Console.Out);
        return 0;
    }

    using var database = DurableDatabase.Open(args[1], TimeProvider.System);

    switch (args[0])
    {
        case "write":
            var transactions = new NumberedTransactions(database.Database);

            for (var number = transactions.Last + 1; ; number++)
            {
                transactions.Commit(number);
                database.WaitUntilDurable();
                Console.Out.WriteLine(number);

                if (database.LogBytes > 1 << 20)
                {
                    database.Checkpoint();
                }
            }

        case "hold":
            Console.Out.WriteLine("open");
            Console.In.ReadLine();
            return 0;

        default:
            return 2;
    }
}
catch (DatabaseInUseException e)
{
    Console.Out.WriteLine(e.Message);
    return 1;
}
