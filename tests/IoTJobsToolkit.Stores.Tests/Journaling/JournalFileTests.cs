using IoTJobsToolkit.LiteDb;

namespace IoTJobsToolkit.Stores.Tests.Journaling;

public sealed class JournalFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.Database + "-journal";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_store_that_was_closed_leaves_an_empty_journal_and_opens_without_one()
    {
        var reports = Write(60);
        Assert.Equal(0, new FileInfo(Path).Length);
        File.Delete(Path);
        using var store = Open();
        Assert.Equal(reports.States[^1], Reports.Read(store));
    }

    [Fact]
    public void Who_only_looks_does_not_change_the_database()
    {
        Write(20);
        var before = File.ReadAllBytes(_folder.Database);
        using (var store = Open())
        {
            Assert.NotEmpty(Reports.Read(store));
        }
        Assert.Equal(before, File.ReadAllBytes(_folder.Database));
    }

    private Reports Write(int commits)
    {
        var reports = new Reports(new(7));
        using var store = Open();
        for (var i = 0; i < commits; i++)
        {
            store.Commit(reports.Next());
            store.Maintain(isIdle: i % 2 == 0);
        }
        return reports;
    }

    private LiteDbJobsStore Open() => LiteDbJobsStore.Open(_folder.Database, TimeProvider.System);
}
