using IoTJobsToolkit.Server.Access;

namespace IoTJobsToolkit.Server.Tests.Access;

public sealed class RecentCredentialsTests
{
    [Fact]
    public void What_is_not_used_is_forgotten_and_what_is_used_stays()
    {
        var recent = new RecentCredentials(10);
        recent.Keep(("t", "used"), new(1, null));
        for (var i = 0; i < 1000; i++)
        {
            recent.Keep(("t", $"{i}"), new(i, null));
            Assert.NotNull(recent.Find(("t", "used")));
        }

        Assert.Equal(999, recent.Find(("t", "999"))!.Version);
        Assert.Null(recent.Find(("t", "0")));
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => recent.Find(("t", $"{i}")) is not null), 1, 10);
    }

    [Fact]
    public void Many_threads_use_it_at_once()
    {
        var recent = new RecentCredentials(100);

        Parallel.For(0, 20_000, i =>
        {
            recent.Keep(("t", $"{i % 300}"), new(i % 300, null));
            if (recent.Find(("t", $"{i % 300}")) is { } found)
            {
                Assert.Equal(i % 300, found.Version);
            }
        });

        Assert.InRange(Enumerable.Range(0, 300).Count(i => recent.Find(("t", $"{i}")) is not null), 1, 100);
    }
}
