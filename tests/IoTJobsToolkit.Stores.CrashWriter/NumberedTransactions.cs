using LiteDB;

namespace IoTJobsToolkit.Stores.CrashWriter;

/// <summary>
/// A workload whose every state follows from one number: transaction n writes document n, rewrites an older one, drops another, and
/// keeps n in a record of its own. So what a killed process left can be checked without having seen it run.
/// </summary>
internal sealed class NumberedTransactions(LiteDatabase database)
{
    private const int Kept = 40;

    private readonly ILiteCollection<BsonDocument> documents = database.GetCollection("documents");
    private readonly ILiteCollection<BsonDocument> progress = database.GetCollection("progress");

    public int Last => progress.FindById(1)?["last"].AsInt32 ?? 0;

    public void Commit(int number)
    {
        database.BeginTrans();

        if (number == 1)
        {
            documents.EnsureIndex("parity", BsonExpression.Create("$.parity"));
        }

        documents.Insert(Document(number, rewritten: false));

        if (number > 1)
        {
            documents.Update(Document(number - 1, rewritten: true));
        }

        if (number > Kept)
        {
            documents.Delete(number - Kept);
        }

        progress.Upsert(new BsonDocument { ["_id"] = 1, ["last"] = number });
        database.Commit();
    }

    /// <summary>Null where the database holds exactly what the transactions up to its last one made.</summary>
    public string? FirstFault()
    {
        var last = Last;
        var expected = Enumerable.Range(1, last).Skip(Math.Max(0, last - Kept)).Select(n => Document(n, n < last)).ToList();
        var found = documents.Query().OrderBy("_id").ToList();

        if (!expected.SequenceEqual(found))
        {
            return $"After transaction {last}, {expected.Count} documents were due and {found.Count} found, or one differs.";
        }

        var odd = documents.Query().Where("$.parity = @0", 1).ToList().Count;
        return odd == expected.Count(document => document["parity"] == 1) ? null : $"After transaction {last} the index finds {odd}.";
    }

    /// <summary>Some documents span pages; a rewritten one changes in its index and in its length.</summary>
    private static BsonDocument Document(int number, bool rewritten)
    {
        var length = number % 7 == 0 ? 9000 + number % 1000 : 50 + number * 37 % 900;

        return new BsonDocument
        {
            ["_id"] = number,
            ["parity"] = rewritten ? (number + 1) % 2 : number % 2,
            ["text"] = new string((char)('a' + number % 26), rewritten ? length + 100 : length),
        };
    }
}
