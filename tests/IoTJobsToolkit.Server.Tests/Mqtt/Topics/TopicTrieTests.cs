using CsCheck;
using IoTJobsToolkit.Server.Mqtt.Topics;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Topics;

public sealed class TopicTrieTests
{
    private readonly TopicTrie<int, string> _trie = new();

    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/b/c", false)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("#", "a/b", true)]
    [InlineData("#", "$aws/x", false)]
    [InlineData("+/x", "$aws/x", false)]
    [InlineData("$aws/#", "$aws/x", true)]
    [InlineData("$aws/+/jobs", "$aws/T/jobs", true)]
    [InlineData("a//b", "a//b", true)]
    [InlineData("a/+/b", "a//b", true)]
    [InlineData("/a", "a", false)]
    [InlineData("+/+", "/a", true)]
    [InlineData("a/", "a", false)]
    public void A_filter_takes_in_what_MQTT_says(string filter, string topic, bool expected)
    {
        _trie.Set(filter, 1, filter);

        Assert.Equal(expected ? [filter] : [], Match(topic));
    }

    [Fact]
    public void Nothing_is_left_of_what_was_removed()
    {
        string[] filters = ["a/b/c", "a/+/#", "#", "+", "$aws/things/T/jobs/notify", .. Enumerable.Range(0, 100).Select(n => $"$aws/things/T{n}/jobs/#")];
        foreach (var filter in filters)
        {
            _trie.Set(filter, 1, filter);
            _trie.Set(filter, 2, filter);
        }

        Assert.All(filters, filter => Assert.True(_trie.Remove(filter, 1)));
        Assert.False(_trie.IsEmpty);
        Assert.All(filters, filter => Assert.True(_trie.Remove(filter, 2)));

        Assert.False(_trie.Remove("a/b/c", 1));
        Assert.True(_trie.IsEmpty);
    }

    [Fact]
    public void One_key_has_one_value_for_a_filter()
    {
        _trie.Set("a/b", 1, "first");
        _trie.Set("a/b", 1, "second");
        _trie.Set("a/b", 2, "other");

        Assert.Equal(["other", "second"], Match("a/b"));
    }

    [Theory]
    [InlineData("$aws/things/T/jobs/notify", true)]
    [InlineData("$aws/things/T/jobs/notify-next", true)]
    [InlineData("$aws/things/T/jobs/notify-namespace-x", true)]
    [InlineData("$aws/things/+/jobs/notify", true)]
    [InlineData("$aws/things/T/jobs/+", true)]
    [InlineData("$aws/things/T/jobs/#", true)]
    [InlineData("$aws/things/T/#", true)]
    [InlineData("$aws/#", true)]
    [InlineData("$aws/things/T/jobs/notify/#", true)]
    [InlineData("$aws/things/T/jobs/get/accepted", false)]
    [InlineData("$aws/things/T/jobs/notify-job/get/accepted", false)]
    [InlineData("$aws/things/U/jobs/notify", false)]
    [InlineData("$aws/things/T/jobs", false)]
    [InlineData("#", false)]
    [InlineData("+/things/T/jobs/notify", false)]
    public void It_knows_whether_anybody_listens_below_a_topic(string filter, bool expected)
    {
        _trie.Set(filter, 1, filter);

        Assert.Equal(expected, _trie.HasBelow("$aws/things/T/jobs", "notify"));
    }

    [Fact]
    public void It_finds_what_a_plain_matcher_finds_whatever_is_added_and_removed()
    {
        string[] names = ["a", "b", "c", "", "$x", .. Enumerable.Range(1, 13).Select(n => $"T{n}")];
        var level = Gen.Int[0, names.Length - 1].Select(n => names[n]);
        var topic = level.Array[1, 5].Select(levels => string.Join('/', levels)).Where(text => text.Length > 0);
        var filter = Gen.Select(Gen.Select(level, Gen.Int[0, 3], (name, any) => any == 0 ? "+" : name).Array[1, 5], Gen.Int[0, 3])
            .Select((levels, all) => string.Join('/', all == 0 ? [.. levels, "#"] : levels)).Where(text => text.Length > 0);
        var step = Gen.Select(Gen.Bool, filter, Gen.Int[0, 3]);

        Gen.Select(step.Array[0, 60], topic.Array[1, 20]).Sample((steps, topics) =>
        {
            var trie = new TopicTrie<int, (string Filter, int Key)>();
            var plain = new HashSet<(string Filter, int Key)>();
            foreach (var (adds, text, key) in steps)
            {
                if (adds)
                {
                    trie.Set(text, key, (text, key));
                    plain.Add((text, key));
                }
                else
                {
                    Assert.Equal(plain.Remove((text, key)), trie.Remove(text, key));
                }
            }
            foreach (var text in topics)
            {
                var found = new List<(string Filter, int Key)>();
                trie.Match(text, found);
                Assert.Equal(plain.Where(entry => IsMatch(entry.Filter, text)).Order(), found.Order());
            }
            foreach (var (text, key) in plain)
            {
                trie.Remove(text, key);
            }
            Assert.True(trie.IsEmpty);
        });
    }

    [Fact]
    public async Task Whoever_looks_meanwhile_always_finds_what_stays()
    {
        _trie.Set("$aws/things/stays/jobs/notify", 1, "stays");
        using var end = new CancellationTokenSource();
        var looking = Task.Run(() =>
        {
            var looks = 0;
            for (; !end.IsCancellationRequested || looks == 0; looks++)
            {
                Assert.Equal(["stays"], Match("$aws/things/stays/jobs/notify"));
            }
            return looks;
        });
        for (var round = 0; round < 2_000; round++)
        {
            for (var thing = 0; thing < 20; thing++)
            {
                _trie.Set($"$aws/things/{thing}/jobs/notify", 1, "other");
            }
            for (var thing = 0; thing < 20; thing++)
            {
                _trie.Remove($"$aws/things/{thing}/jobs/notify", 1);
            }
        }
        await end.CancelAsync();

        Assert.True(await looking > 0);
    }

    private string[] Match(string topic)
    {
        var found = new List<string>();
        _trie.Match(topic, found);
        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>Level by level, as the text of MQTT says it.</summary>
    private static bool IsMatch(string filter, string topic)
    {
        var (wanted, given) = (filter.Split('/'), topic.Split('/'));
        if (topic[0] == '$' && wanted[0] is ("+" or "#"))
        {
            return false;
        }
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] == "#")
            {
                return true;
            }
            if (i >= given.Length || wanted[i] != "+" && wanted[i] != given[i])
            {
                return false;
            }
        }
        return wanted.Length == given.Length;
    }
}
