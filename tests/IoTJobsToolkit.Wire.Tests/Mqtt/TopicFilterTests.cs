using IoTJobsToolkit.Wire.Mqtt;

namespace IoTJobsToolkit.Wire.Tests.Mqtt;

public sealed class TopicFilterTests
{
    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/B", false)]
    [InlineData("a/b", "a/b/", false)]
    [InlineData("a/b/", "a/b", false)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/+", "a/", true)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/+", "a/#", false)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/", true)]
    [InlineData("a/#", "ab", false)]
    [InlineData("a/#", "#", false)]
    [InlineData("+/#", "a", true)]
    [InlineData("+", "a/b", false)]
    [InlineData("+/+", "/", true)]
    [InlineData("#", "/", true)]
    [InlineData("#", "$a", false)]
    [InlineData("+", "$a", false)]
    [InlineData("$a/#", "$a/b", true)]
    [InlineData("a", "+", false)]
    [InlineData("a/b/#", "a", false)]
    public void One_filter_covers_another(string outer, string inner, bool covers) => Assert.Equal(covers, TopicFilter.Covers(outer, inner));

    /// <summary>All filters and topics of up to three levels: what covers must agree with what is matched.</summary>
    [Fact]
    public void Covering_is_matching_every_topic()
    {
        var topics = Levels(["a", "", "$", "x"], 4).ToList();
        var matched = Levels(["a", "", "$", "+", "#"], 3).Where(TopicFilter.IsFilter)
            .ToDictionary(filter => filter, filter => topics.Where(topic => Matches(filter, topic)).ToHashSet());
        Assert.Equal(4 + 20 + 80, matched.Count);
        foreach (var (outer, ofOuter) in matched)
        {
            foreach (var (inner, ofInner) in matched)
            {
                // Both match everything, which levels one by one do not show: the answer is the cautious one.
                var all = ofInner.IsSubsetOf(ofOuter) && (outer, inner) != ("+/#", "#");
                Assert.True(TopicFilter.Covers(outer, inner) == all, $"{outer} {inner} {all}");
            }
        }
    }

    private static IEnumerable<string> Levels(string[] words, int depth) => depth == 1
        ? words
        : words.Concat(Levels(words, depth - 1).SelectMany(_ => words, (rest, word) => $"{word}/{rest}"));

    /// <summary>Matching as the standard words it, by recursion.</summary>
    private static bool Matches(string filter, string topic) =>
        !(topic.StartsWith('$') && filter[0] is '+' or '#') && Match(filter.Split('/'), topic.Split('/'));

    private static bool Match(ReadOnlySpan<string> filter, ReadOnlySpan<string> topic) =>
        filter is ["#"] || (filter.IsEmpty || topic.IsEmpty ? filter.IsEmpty && topic.IsEmpty
            : filter[0] == "+" || filter[0] == topic[0]) && (filter.IsEmpty || Match(filter[1..], topic[1..]));
}
