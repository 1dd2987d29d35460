using IoTJobsToolkit.Engine.Things.Queries;

namespace IoTJobsToolkit.Engine.Tests.Things;

/// <summary>What is no query: the refusal says where, what is wrong and what to write.</summary>
public sealed class ThingQueryRefusalTests
{
    [Theory]
    [InlineData("", 1, "the query is empty. Write * for every thing")]
    [InlineData("  \n", 4, "the query is empty")]
    // Fields.
    [InlineData("shadow.reported.x:1", 1, "there is no field 'shadow.reported.x'. Write thingName, thingTypeName, thingId, connectivity.connected or attributes.NAME")]
    [InlineData("thingGroupNames:a", 1, "there is no field 'thingGroupNames'")]
    [InlineData("a AND thingname:b", 7, "there is no field 'thingname'")]
    [InlineData("Attributes.a:b", 1, "there is no field 'Attributes.a'")]
    [InlineData("attributes.:b", 1, "there is no field 'attributes.'")]
    [InlineData("attributes.a=>5", 1, "there is no field 'attributes.a='")]
    [InlineData("attributes.*:b", 1, "the field 'attributes.*' has a wildcard")]
    [InlineData("*:*", 1, "* alone is every thing")]
    [InlineData("\"thingName\":b", 12, "a field's name has no quotes")]
    [InlineData("AND:b", 1, "there is no field 'AND'")]
    [InlineData(":b", 1, "a field is missing")]
    [InlineData(">5", 1, "a field is missing")]
    [InlineData("[1 TO 5]", 1, "a field is missing")]
    [InlineData("a {1 TO 5}", 3, "a field is missing")]
    // Values.
    [InlineData("thingName:", 11, "the field 'thingName' has no value")]
    [InlineData("thingName: ", 12, "the field 'thingName' has no value")]
    [InlineData("thingName: OR b", 12, "in quotes if it is a word such as AND")]
    [InlineData("(thingName:)", 12, "thingName:* for a field that is there")]
    [InlineData("thingName::b", 11, "':' has no meaning here")]
    [InlineData("thingName:!b", 11, "Write NOT thingName:value")]
    [InlineData("thingName:a:b", 12, "Write \\: for a colon in a value")]
    [InlineData("thingName:(a OR thingId:b)", 24, "a colon follows a value")]
    [InlineData("attributes.a", 1, "the field 'attributes.a' has no value. Write attributes.a:value")]
    [InlineData("attributes.a = 5", 1, "the field 'attributes.a' has no value")]
    [InlineData("b attributes.a!=5", 3, "the field 'attributes.a' has no value")]
    [InlineData("thingName=5", 1, "the field 'thingName' has no value")]
    [InlineData("connectivity.connected:yes", 24, "Write connectivity.connected:true, connectivity.connected:false or connectivity.connected:*")]
    [InlineData("connectivity.connected>1", 23, "'connectivity.connected' is true or false")]
    [InlineData("connectivity.connected:tru?", 24, "'connectivity.connected' is true or false")]
    [InlineData("connectivity.connected:\"\"", 24, "'connectivity.connected' is true or false")]
    [InlineData("connectivity.timestamp:1", 1, "there is no field 'connectivity.timestamp'")]
    [InlineData("thingName:\"a", 11, "the quotes are not closed")]
    [InlineData("thingName:\"a\\\"", 11, "the quotes are not closed")]
    [InlineData("thingName:a\\", 12, "nothing follows the backslash. Write \\\\")]
    [InlineData("thingName:\"a\\", 13, "nothing follows the backslash")]
    [InlineData("thingName:a\"b\"", 12, "'\"' follows a value at once")]
    [InlineData("thingName:\"b\"a", 14, "'a' follows a value at once. Write white space between terms")]
    [InlineData("a(b)", 2, "'(' follows a value at once")]
    [InlineData("thingName:a[1]", 12, "\\[ where it belongs to a value")]
    [InlineData("thingName:a]", 12, "']' follows a value at once")]
    [InlineData("thingName:]", 11, "']' has no meaning here. Write \\] where it belongs to a value")]
    [InlineData("thingName:b~2", 12, "there are no boosts and no fuzzy terms")]
    [InlineData("thingName:\"b c\"^2", 16, "there are no boosts and no fuzzy terms")]
    [InlineData("~b", 1, "'~' has no meaning here")]
    [InlineData("a +b", 3, "'+' has no meaning")]
    [InlineData("thingName:+b", 11, "'+' has no meaning")]
    // Ranges and comparisons.
    [InlineData("attributes.a:[1 5]", 17, "TO is missing in the range. Write [low TO high]")]
    [InlineData("attributes.a:[1 to 5]", 17, "TO is missing")]
    [InlineData("attributes.a:[1]", 16, "TO is missing")]
    [InlineData("attributes.a:[TO 5]", 15, "a value is missing")]
    [InlineData("attributes.a:[]", 15, "a value is missing")]
    [InlineData("attributes.a:[1 TO ]", 20, "a value is missing")]
    [InlineData("attributes.a:[1 TO", 19, "a value is missing")]
    [InlineData("attributes.a:[1 TO 5", 14, "the range is not closed")]
    [InlineData("attributes.a:[1 TO 5 6]", 14, "the range is not closed")]
    [InlineData("attributes.a:[1 TO 5)", 14, "the range is not closed")]
    [InlineData("attributes.a:[1* TO 5]", 15, "'1*' has a wildcard")]
    [InlineData("attributes.a:[1 TO b]", 14, "one end of '1' TO 'b' is a number, the other a text")]
    [InlineData("attributes.a:[\"1\" TO 5]", 14, "one end of")]
    [InlineData("attributes.a:[5 TO 1]", 14, "the range '5' TO '1' runs backwards")]
    [InlineData("attributes.a:[10 TO 9]", 14, "runs backwards")]
    [InlineData("attributes.a:[b TO A]", 14, "runs backwards")]
    [InlineData("attributes.a:[1 TO 5]6", 22, "'6' follows a value at once")]
    [InlineData("attributes.a:[:1 TO 5]", 15, "':' has no meaning here")]
    [InlineData("attributes.a>", 14, "a value is missing")]
    [InlineData("attributes.a>*", 15, "* is compared with")]
    [InlineData("attributes.a>1*", 14, "'1*' has a wildcard")]
    [InlineData("attributes.a>>1", 14, "'>' has no meaning here")]
    [InlineData("attributes.a>(1)", 14, "'(' has no meaning here")]
    [InlineData("attributes.a>=[1 TO 2]", 15, "'[' has no meaning here")]
    [InlineData("attributes.a:<=", 16, "a value is missing")]
    // Operators and groups.
    [InlineData("AND a", 1, "a term is missing")]
    [InlineData("a AND", 6, "a term is missing")]
    [InlineData("a AND OR b", 7, "a term is missing")]
    [InlineData("a OR", 5, "a term is missing")]
    [InlineData("a || || b", 6, "a term is missing")]
    [InlineData("NOT", 4, "a term is missing")]
    [InlineData("NOT AND a", 5, "a term is missing")]
    [InlineData("a & b", 3, "a single & joins nothing. Write &&")]
    [InlineData("a|b", 2, "a single | joins nothing. Write ||")]
    [InlineData("- a", 1, "no term follows - at once. Write NOT")]
    [InlineData("a -", 3, "no term follows - at once")]
    [InlineData("!", 1, "no term follows ! at once")]
    [InlineData("a and b", 3, "'and' is not in capitals. Write AND, or \"and\" if it is a value")]
    [InlineData("not a", 1, "Write NOT, or \"not\"")]
    [InlineData("thingName:(a Or b)", 14, "'Or' is not in capitals")]
    [InlineData("()", 2, "a term is missing")]
    [InlineData("thingName:()", 12, "a term is missing")]
    [InlineData("(a", 1, "the parenthesis is not closed. Write ) after the group")]
    [InlineData("b (a OR (c)", 3, "the parenthesis is not closed")]
    [InlineData("a)", 2, "no parenthesis is open here")]
    [InlineData("(a))", 4, "no parenthesis is open here")]
    public void A_text_that_is_no_query_is_refused_with_place_problem_and_advice(string query, int position, string message)
    {
        var refusal = Refused(query, ThingQuery.MaxTerms);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(position, refusal.Position);
        Assert.StartsWith($"At position {position}: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWS_takes_five_terms()
    {
        ThingQuery.Parse("a b attributes.a:(c OR [1 TO 2]) thingName>d", ThingQuery.MaxTerms);
        Assert.Equal(46, Refused("a b attributes.a:(c OR [1 TO 2]) thingName>d \"e\"", ThingQuery.MaxTerms).Position);
        Assert.Contains("more than 5 terms", Refused("a b c d e f", ThingQuery.MaxTerms).Message, StringComparison.Ordinal);
        ThingQuery.Parse(string.Join(" OR ", Enumerable.Repeat("a", 20_000)), null);
    }

    [Fact]
    public void AWS_takes_a_thousand_characters()
    {
        var query = "thingName:" + new string('a', 800);
        ThingQuery.Parse(query.PadRight(1000), ThingQuery.MaxTerms);
        var refusal = Refused(query.PadRight(1001), ThingQuery.MaxTerms);
        Assert.Contains("the query has 1001 characters. Write at most 1000", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1001, refusal.Position);
        ThingQuery.Parse(query.PadRight(1001), null);
    }

    [Fact]
    public void AWS_takes_one_value_that_begins_with_a_wildcard()
    {
        ThingQuery.Parse("thingName:*my thingName:my* thingTypeName:* *", ThingQuery.MaxTerms);
        Assert.Equal(25, Refused("thingName:*my thingName:?y", ThingQuery.MaxTerms).Position);
        ThingQuery.Parse("thingName:*my thingName:?y", null);
        ThingQuery.Parse("*my".PadRight(100), ThingQuery.MaxTerms);
        Assert.Contains("101 characters", Refused("*my".PadRight(101), ThingQuery.MaxTerms).Message, StringComparison.Ordinal);
        ThingQuery.Parse("*my".PadRight(101), null);
    }

    [Fact]
    public void No_value_is_longer_than_an_attribute_s()
    {
        Assert.Equal(11, Refused("thingName:" + new string('a', 801), null).Position);
        Assert.Equal(11, Refused($"thingName:\"{new string('a', 801)}\"", null).Position);
        Assert.Equal(11, Refused($"thingName:{new string('?', 801)}", null).Position);
        ThingQuery.Parse($"thingName:{new string('*', 100_000)}a", null);
    }

    [Fact]
    public void Groups_nest_to_a_bound()
    {
        ThingQuery.Parse(new string('(', 50) + "a" + new string(')', 50), ThingQuery.MaxTerms);
        ThingQuery.Parse(string.Concat(Enumerable.Repeat("(a) ", 1000)), null);
        foreach (var query in new[] { new string('(', 100_000), string.Concat(Enumerable.Repeat("NOT (", 100_000)), "thingName:" + new string('(', 100_000) })
        {
            Assert.Contains("groups nest deeper than 50. Leave out parentheses", Refused(query, null).Message, StringComparison.Ordinal);
        }
        ThingQuery.Parse(new string('!', 100_000) + "a", null);
        ThingQuery.Parse(string.Concat(Enumerable.Repeat("NOT ", 100_000)) + "a", null);
    }

    private static ThingQueryException Refused(string query, int? maxTerms) =>
        Assert.Throws<ThingQueryException>(() => ThingQuery.Parse(query, maxTerms));
}
