using System.Diagnostics;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Things.Queries;

namespace IoTJobsToolkit.Engine.Tests.Things;

/// <summary>Queries made by chance: read or refused, matched as a plain reading of the same query says, and never for long.</summary>
public sealed class ThingQueryChanceTests
{
    private static readonly Thing Empty = WithValue("");

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        var random = new Random(4);
        string[] pieces = ["attributes.a", "thingName", "connectivity.connected", "AND", "OR", "NOT", "TO", "&&", "||", "true", "5", "-5", "abc", " ", " ", ":", ":", "(", ")", "[", "]", "{", "}", "\"", "\\", "*", "?", "<", ">=", "-", "!", "+", "~", "^", "&", "|", "=", "\0", "ä", "\ud83d"];
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var query = string.Concat(random.GetItems(pieces, random.Next(12)));
            try
            {
                ThingQuery.Parse(query, i % 2 == 0 ? ThingQuery.MaxTerms : null).Matches(Empty);
                read++;
            }
            catch (ThingQueryException refusal)
            {
                Assert.InRange(refusal.Position, 1, query.Length + 1);
            }
        }
        Assert.True(read > 1_000, $"only {read} were queries");
    }

    [Fact]
    public void Operators_agree_with_a_table_of_truth()
    {
        var random = new Random(5);
        for (var i = 0; i < 3_000; i++)
        {
            var (query, truth) = Expression(random, 4);
            var read = ThingQuery.Parse(query, null);
            for (var values = 0; values < 8; values++)
            {
                Assert.True(truth(values) == read.Matches(Letters(values)), $"{query} with {values}");
            }
        }
    }

    [Fact]
    public void Wildcards_agree_with_regular_expressions()
    {
        var random = new Random(6);
        for (var i = 0; i < 6_000; i++)
        {
            var pattern = new string(random.GetItems<char>("aab?**", random.Next(1, 9)));
            var value = new string(random.GetItems<char>("aabB", random.Next(9)));
            var regex = "^" + pattern.Replace("?", ".", StringComparison.Ordinal).Replace("*", ".*", StringComparison.Ordinal) + "\\z";
            Assert.True(
                Regex.IsMatch(value, regex, RegexOptions.IgnoreCase) == ThingQuery.Parse("attributes.v:" + pattern, null).Matches(WithValue(value)),
                $"{pattern} with {value}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(128)]
    [InlineData(300)]
    public void A_piece_of_any_length_is_found(int length)
    {
        var piece = new string('a', length - 1) + "b";
        var query = ThingQuery.Parse($"attributes.v:*{piece}*c", null);
        Assert.True(query.Matches(WithValue("aaaa" + piece + "xxc")));
        Assert.True(query.Matches(WithValue("ba" + piece + "c")));
        Assert.False(query.Matches(WithValue("aaaa" + piece[..^1] + "xxc")));
        Assert.False(query.Matches(WithValue(piece)));
    }

    [Fact]
    public void No_pattern_takes_long()
    {
        var value = WithValue(new string('a', 800));
        string[] patterns =
        [
            string.Concat(Enumerable.Repeat("a*", 300)) + "b",
            string.Concat(Enumerable.Repeat("*a", 300)) + "*b*",
            "*" + new string('a', 400) + "b*",
            "*" + new string('?', 400) + "b*",
            "*" + string.Concat(Enumerable.Repeat("a?", 200)) + "b*",
        ];
        foreach (var pattern in patterns)
        {
            var query = ThingQuery.Parse("attributes.v:" + pattern, null);
            var best = Enumerable.Range(0, 15).Min(_ =>
            {
                var watch = Stopwatch.StartNew();
                Assert.False(query.Matches(value));
                return watch.Elapsed;
            });
            Assert.True(best < TimeSpan.FromMilliseconds(5), $"{pattern}: {best.TotalMilliseconds} ms");
        }
    }

    private static (string Query, Func<int, bool> Truth) Expression(Random random, int depth)
    {
        if (depth == 0 || random.Next(4) == 0)
        {
            var letter = random.Next(3);
            return ($"attributes.{"abc"[letter]}:x", values => (values & 1 << letter) != 0);
        }
        var ((left, isLeft), (right, isRight)) = (Expression(random, depth - 1), Expression(random, depth - 1));
        return random.Next(6) switch
        {
            0 => ($"NOT ({left})", values => !isLeft(values)),
            1 => ($"-({left})", values => !isLeft(values)),
            2 => ($"(({left}) AND ({right}))", values => isLeft(values) && isRight(values)),
            3 => ($"(({left}) ({right}))", values => isLeft(values) && isRight(values)),
            4 => ($"{left} OR {right}", values => isLeft(values) || isRight(values)),
            _ => ($"{left} || {right}", values => isLeft(values) || isRight(values)),
        };
    }

    private static Thing Letters(int values) => new()
    {
        Sequence = 1,
        Name = "t",
        Attributes = Thing.NoAttributes.AddRange(
            Enumerable.Range(0, 3).Where(letter => (values & 1 << letter) != 0).Select(letter => KeyValuePair.Create("abc"[letter].ToString(), "x"))),
    };

    private static Thing WithValue(string value) => new() { Sequence = 1, Name = "t", Attributes = Thing.NoAttributes.Add("v", value) };
}
