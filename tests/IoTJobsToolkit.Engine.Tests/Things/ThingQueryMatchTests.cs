using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Things.Queries;

namespace IoTJobsToolkit.Engine.Tests.Things;

/// <summary>Which things a query has (jobs-reference 4.8; the language is AWS's fleet indexing).</summary>
public sealed class ThingQueryMatchTests
{
    private const string Id = "d1f8e2c4-0000-4000-8000-00000000002a";

    private static readonly Thing Boiler = Registered("boiler-1", "Boiler",
        ("model", "M1"), ("version", "2"), ("temperature", "-5.5"), ("Room", "Kitchen"), ("serialNumber", "abce"), ("mac", "00:1A:2b"),
        ("path", "a/b@c#d,e=[1]"), ("empty", ""), ("pi", "3.1400"), ("a.b:c", "dotted"), ("timestamp", "1557651600001"), ("old", "v1.10"));

    private static readonly Thing Bare = Registered("bare", null);

    [Theory]
    // Fields.
    [InlineData("thingName:boiler-1", true)]
    [InlineData("thingName:boiler", false)]
    [InlineData("thingTypeName:Boiler", true)]
    [InlineData("thingId:" + Id, true)]
    [InlineData("attributes.model:M1", true)]
    [InlineData("attributes.model:M2", false)]
    [InlineData("attributes.missing:M1", false)]
    [InlineData("attributes.model : M1", true)]
    [InlineData("  attributes.model:M1 \n", true)]
    [InlineData("attributes.a.b\\:c:dotted", true)]
    // With and without case.
    [InlineData("thingName:BOILER-1", true)]
    [InlineData("attributes.model:m1", true)]
    [InlineData("attributes.Model:M1", false)]
    [InlineData("attributes.room:kitchen", false)]
    [InlineData("attributes.Room:kitchen", true)]
    // Without a field: name, type, id, any attribute.
    [InlineData("boiler-1", true)]
    [InlineData("Boiler", true)]
    [InlineData(Id, true)]
    [InlineData("kitchen", true)]
    [InlineData("\"kitchen\"", true)]
    [InlineData("kitch", false)]
    [InlineData("kitch*", true)]
    [InlineData("model", false)]
    [InlineData("true", false)]
    [InlineData("*", true)]
    [InlineData("**", true)]
    // Phrases and escapes.
    [InlineData("attributes.model:\"M1\"", true)]
    [InlineData("attributes.model:\"M*\"", false)]
    [InlineData("attributes.model:M\\*", false)]
    [InlineData("attributes.model:\\M\\1", true)]
    [InlineData("attributes.mac:\"00:1a:2B\"", true)]
    [InlineData("attributes.mac:00\\:1A\\:2B", true)]
    [InlineData("attributes.mac:00\\:*", true)]
    [InlineData("attributes.path:\"a/b@c#d,e=[1]\"", true)]
    [InlineData("attributes.path:a/b@c#d,e=\\[1\\]", true)]
    [InlineData("attributes.empty:\"\"", true)]
    [InlineData("attributes.model:\"\"", false)]
    [InlineData("attributes.model:\"M\\1\"", true)]
    [InlineData("attributes.model:\"M\\\"1\"", false)]
    // There, or not.
    [InlineData("attributes.model:*", true)]
    [InlineData("attributes.empty:*", true)]
    [InlineData("attributes.missing:*", false)]
    [InlineData("NOT attributes.missing:*", true)]
    [InlineData("NOT attributes.missing:legacy", true)]
    // Ranges of numbers.
    [InlineData("attributes.version:[1 TO 5]", true)]
    [InlineData("attributes.version:[2 TO 2]", true)]
    [InlineData("attributes.version:{2 TO 5]", false)]
    [InlineData("attributes.version:{2 TO 5}", false)]
    [InlineData("attributes.version:[1 TO 2}", false)]
    [InlineData("attributes.version:[1 TO 2]", true)]
    [InlineData("attributes.version:{1 TO 2]", true)]
    [InlineData("attributes.version:[ 1  TO  10 ]", true)]
    [InlineData("attributes.version:[* TO 2]", true)]
    [InlineData("attributes.version:[* TO 1]", false)]
    [InlineData("attributes.version:{1 TO *}", true)]
    [InlineData("attributes.version:[* TO *]", true)]
    [InlineData("attributes.missing:[* TO *]", false)]
    [InlineData("attributes.temperature:[-6 TO -5.25]", true)]
    [InlineData("attributes.temperature:[-5 TO 0]", false)]
    [InlineData("attributes.pi:[3.14 TO 3.14]", true)]
    [InlineData("attributes.timestamp:[1557651600000 TO 1557867600000]", true)]
    [InlineData("attributes.model:[0 TO 9]", false)]
    [InlineData("attributes.model:[1 TO *]", false)]
    [InlineData("attributes.empty:[0 TO *]", false)]
    // Ranges of text.
    [InlineData("attributes.serialNumber:[\"abcd\" TO \"abcf\"]", true)]
    [InlineData("attributes.serialNumber:[ABCD TO ABCF]", true)]
    [InlineData("attributes.serialNumber:{abce TO abcf]", false)]
    [InlineData("attributes.serialNumber:[abcf TO *]", false)]
    [InlineData("attributes.version:[\"10\" TO \"30\"]", true)]
    [InlineData("attributes.version:[\"10\" TO \"19\"]", false)]
    [InlineData("attributes.old:[v1 TO v2]", true)]
    [InlineData("attributes.mac:[\"00:00\" TO \"00:ff\"]", true)]
    // Comparisons.
    [InlineData("attributes.version>1", true)]
    [InlineData("attributes.version>2", false)]
    [InlineData("attributes.version>=2", true)]
    [InlineData("attributes.version:>=2", true)]
    [InlineData("attributes.version : >= 2", true)]
    [InlineData("attributes.version > 1", true)]
    [InlineData("attributes.version<10", true)]
    [InlineData("attributes.version<\"10\"", false)]
    [InlineData("attributes.version<=2.0", true)]
    [InlineData("attributes.version<2", false)]
    [InlineData("attributes.temperature<-5", true)]
    [InlineData("attributes.temperature:-5.5", true)]
    [InlineData("attributes.temperature:-5.50", false)]
    [InlineData("attributes.pi:3.14", false)]
    [InlineData("attributes.model>0", false)]
    [InlineData("attributes.model<9999", false)]
    [InlineData("attributes.model>=M", true)]
    [InlineData("attributes.missing>0", false)]
    [InlineData("attributes.missing<0", false)]
    [InlineData("thingName>=boiler-0", true)]
    // Wildcards.
    [InlineData("thingName:boil*", true)]
    [InlineData("thingName:*1", true)]
    [InlineData("thingName:*oil*", true)]
    [InlineData("thingName:b*r-*", true)]
    [InlineData("thingName:b*r-*2", false)]
    [InlineData("thingName:boiler-?", true)]
    [InlineData("thingName:boiler-??", false)]
    [InlineData("thingName:?oiler?1", true)]
    [InlineData("thingName:BOI*?", true)]
    [InlineData("attributes.serialNumber:a*e", true)]
    [InlineData("attributes.serialNumber:a*bce", true)]
    [InlineData("attributes.serialNumber:abce*", true)]
    [InlineData("attributes.serialNumber:abce?*", false)]
    [InlineData("attributes.serialNumber:abce?", false)]
    [InlineData("attributes.serialNumber:ab*bce", false)]
    [InlineData("attributes.empty:?", false)]
    [InlineData("attributes.empty:*?", false)]
    // Operators.
    [InlineData("attributes.model:M1 AND attributes.version:2", true)]
    [InlineData("attributes.model:M1 AND attributes.version:3", false)]
    [InlineData("attributes.model:M1 attributes.version:2", true)]
    [InlineData("attributes.model:M1 attributes.version:3", false)]
    [InlineData("attributes.model:M1 && attributes.version:2", true)]
    [InlineData("attributes.model:M1&&attributes.version:3", false)]
    [InlineData("attributes.model:M2 OR attributes.version:2", true)]
    [InlineData("attributes.model:M2 || attributes.version:3", false)]
    [InlineData("attributes.model:M2||attributes.version:2", true)]
    [InlineData("NOT attributes.model:M2", true)]
    [InlineData("NOT attributes.model:M1", false)]
    [InlineData("NOT NOT attributes.model:M1", true)]
    [InlineData("-attributes.model:M1", false)]
    [InlineData("!attributes.model:M2", true)]
    [InlineData("NOT -!attributes.model:M1", false)]
    [InlineData("attributes.model:M1 -attributes.version:3", true)]
    [InlineData("attributes.model:M1 NOT attributes.version:2", false)]
    [InlineData("attributes.model:M1 AND NOT attributes.version:3", true)]
    [InlineData("attributes.serialNumber:abce AND attributes.version<5 NOT attributes.temperature>10", true)]
    // NOT before AND before OR.
    [InlineData("attributes.model:M1 OR attributes.model:M2 AND attributes.version:3", true)]
    [InlineData("(attributes.model:M1 OR attributes.model:M2) AND attributes.version:3", false)]
    [InlineData("attributes.model:M1 OR attributes.model:M2 attributes.version:3", true)]
    [InlineData("attributes.version:3 AND attributes.model:M2 OR attributes.model:M1", true)]
    [InlineData("NOT attributes.model:M2 AND attributes.version:3", false)]
    [InlineData("NOT (attributes.model:M2 AND attributes.version:3)", true)]
    [InlineData("NOT attributes.model:M1 OR attributes.version:2", true)]
    // Groups, and groups of a field's values.
    [InlineData("((attributes.model:M1))", true)]
    [InlineData("(attributes.model:M1)(attributes.version:3)", false)]
    [InlineData("attributes.model:(M1 OR M2)", true)]
    [InlineData("attributes.model:(M2 OR M3)", false)]
    [InlineData("attributes.model:(M1 M2)", false)]
    [InlineData("attributes.model: ( M2 || (M* AND NOT M3) )", true)]
    [InlineData("thingName:(boil* AND -plasma)", true)]
    [InlineData("thingName:(boil* AND -*1)", false)]
    [InlineData("attributes.version:(>1 AND <3)", true)]
    [InlineData("attributes.version:(<1 OR >3)", false)]
    [InlineData("attributes.version:([5 TO 9] OR 2)", true)]
    [InlineData("attributes.version:(\"2\")", true)]
    [InlineData("attributes.model:(*)", true)]
    [InlineData("attributes.temperature:(-5.5)", true)]
    [InlineData("attributes.temperature:(\\-5.5)", true)]
    [InlineData("attributes.version:(-2)", false)]
    // Words which look like operators.
    [InlineData("ANDROID OR boiler-1", true)]
    [InlineData("attributes.model:\"AND\"", false)]
    [InlineData("attributes.model:and", false)]
    [InlineData("NOTHING", false)]
    public void A_query_has_the_things_it_says(string query, bool matches) =>
        Assert.Equal(matches, ThingQuery.Parse(query, null).Matches(Boiler, Id, connected: null));

    [Theory]
    [InlineData("*", true)]
    [InlineData("thingName:*", true)]
    [InlineData("thingTypeName:*", false)]
    [InlineData("NOT thingTypeName:*", true)]
    [InlineData("thingId:*", false)]
    [InlineData("bare", true)]
    [InlineData("NOT attributes.model:legacy", true)]
    public void What_a_thing_has_not_matches_nothing(string query, bool matches) =>
        Assert.Equal(matches, ThingQuery.Parse(query, ThingQuery.MaxTerms).Matches(Bare));

    [Theory]
    [InlineData("connectivity.connected:true", true, false, false)]
    [InlineData("connectivity.connected:false", false, true, false)]
    [InlineData("connectivity.connected:TRUE", true, false, false)]
    [InlineData("connectivity.connected:\"true\"", true, false, false)]
    [InlineData("connectivity.connected:*", true, true, false)]
    [InlineData("NOT connectivity.connected:true", false, true, true)]
    [InlineData("connectivity.connected:(true OR false)", true, true, false)]
    [InlineData("thingName:bare AND connectivity.connected:true", true, false, false)]
    public void A_connection_is_true_or_false_or_not_known(string query, bool connected, bool disconnected, bool unknown)
    {
        var read = ThingQuery.Parse(query, ThingQuery.MaxTerms);
        Assert.Equal(
            (connected, disconnected, unknown),
            (read.Matches(Bare, connected: true), read.Matches(Bare, connected: false), read.Matches(Bare)));
    }

    [Theory]
    [InlineData("attributes.a:1", "attributes.a")]
    [InlineData("attributes.a:(1 OR 2) thingId:x NOT attributes.a:3", "attributes.a thingId")]
    [InlineData("abc connectivity.connected:true \"x\"", "* connectivity.connected")]
    public void A_query_names_the_fields_it_looks_at(string query, string fields) =>
        Assert.Equal(fields, string.Join(' ', ThingQuery.Parse(query, null).Fields));

    [Fact]
    public void It_shows_the_text_it_was_read_from() =>
        Assert.Equal("attributes.temperature>60\n", ThingQuery.Parse("attributes.temperature>60\n", ThingQuery.MaxTerms).ToString());

    private static Thing Registered(string name, string? type, params (string Name, string Value)[] attributes) => new()
    {
        Sequence = 42,
        Name = name,
        ThingTypeName = type,
        Attributes = Thing.NoAttributes.AddRange(attributes.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))),
    };
}
