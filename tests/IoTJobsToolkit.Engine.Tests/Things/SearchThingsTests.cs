using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Engine;
using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Things;

public sealed class SearchThingsTests : IDisposable
{
    private readonly HookedStore _store = new();
    private readonly TestEngine _t;

    public SearchThingsTests() => _t = new(store: _store);

    public void Dispose() => _t.Dispose();

    [Theory]
    [InlineData("attributes.firmware<7 AND thingTypeName:lamp", "lamp-1")]
    [InlineData("thingName:lamp-*", "lamp-1 lamp-2")]
    [InlineData("NOT thingTypeName:lamp", "car Lamp lamp")]
    [InlineData("connectivity.connected:true", "lamp-2")]
    [InlineData("attributes.firmware:99", "")]
    [InlineData("*", "Lamp car lamp lamp-1 lamp-2")]
    public async Task Things_are_found_as_a_dynamic_group_would_have_them(string query, string names)
    {
        await LampsAsync();

        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), await NamesAsync(new() { QueryString = query }));
    }

    [Theory]
    [InlineData("lamp", "lamp lamp-1 lamp-2")]
    [InlineData("lamp-", "lamp-1 lamp-2")]
    [InlineData("L", "Lamp")]
    [InlineData("lamp-3", "")]
    [InlineData("z", "")]
    public async Task A_prefix_is_the_beginning_of_names_with_case(string prefix, string names)
    {
        await LampsAsync();

        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries), await NamesAsync(new() { ThingNamePrefix = prefix }));
    }

    [Fact]
    public async Task A_prefix_and_a_query_count_together_and_without_both_it_is_every_thing()
    {
        await LampsAsync();

        Assert.Equal(["lamp-2"], await NamesAsync(new() { ThingNamePrefix = "lamp", QueryString = "attributes.firmware>=7" }));
        Assert.Equal(["Lamp", "car", "lamp", "lamp-1", "lamp-2"], await NamesAsync(new()));
    }

    [Fact]
    public async Task A_line_says_what_the_thing_is_and_whether_it_is_connected()
    {
        await LampsAsync();

        var lines = (await _t.Run(new SearchThings { ThingNamePrefix = "lamp-" })).Things;

        Assert.Equal(("lamp", "6", false, null), (lines[0].ThingTypeName, lines[0].Attributes["firmware"], lines[0].Connected, lines[0].ConnectedSince));
        Assert.Equal((TestEngine.ThingArn("lamp-2"), true, TestEngine.T0), (lines[1].ThingArn, lines[1].Connected, lines[1].ConnectedSince));
    }

    [Fact]
    public async Task Pages_neither_skip_nor_repeat_and_a_token_belongs_to_its_search()
    {
        await Task.WhenAll(Enumerable.Range(0, 25).Select(i => _t.Run(new CreateThing($"t{i:00}"))));
        var search = new SearchThings { QueryString = "NOT thingName:t1?", MaxResults = 4 };
        var first = await _t.Run(search);

        Assert.Equal(["t00", "t01", "t02", "t03"], first.Things.Select(thing => thing.ThingName));
        Assert.Equal(15, (await NamesAsync(search)).Count);
        await TestEngine.Refused(_t.Run(search with { QueryString = "*", NextToken = first.NextToken }), JobsError.InvalidRequest);
    }

    [Fact]
    public async Task One_of_many_things_is_found_over_several_turns_with_others_between()
    {
        await Task.WhenAll(Enumerable.Range(0, 5_000).Select(i => _t.Run(new CreateThing($"t{i:0000}"))));

        var found = _t.Run(new SearchThings { QueryString = "thingName:t4999", MaxResults = 1 });
        await _t.Run(new CreateThing("between"));

        Assert.Equal(["t4999"], (await found).Things.Select(thing => thing.ThingName));
    }

    [Fact]
    public async Task A_search_for_few_reads_the_things_in_large_pieces_all_the_same()
    {
        await Task.WhenAll(Enumerable.Range(0, 5_000).Select(i => _t.Run(new CreateThing($"t{i:0000}"))));
        var reads = 0;
        _store.OnRead = read => reads += read == nameof(_store.ReadThings) ? 1 : 0;

        Assert.Empty((await _t.Run(new SearchThings { QueryString = "thingName:none", MaxResults = 1 })).Things);

        _store.OnRead = null;
        Assert.InRange(reads, 5, 50);
    }

    [Theory]
    [InlineData("attributes.a:")]
    [InlineData("colour:red")]
    public async Task A_query_that_cannot_be_read_is_refused_as_that_of_a_dynamic_group(string query) =>
        await TestEngine.Refused(_t.Run(new SearchThings { QueryString = query }), JobsError.InvalidQuery);

    private async Task LampsAsync()
    {
        await _t.Things("car", "Lamp", "lamp");
        await _t.Run(Lamp("lamp-1", "6"));
        await _t.Run(Lamp("lamp-2", "7"));
        await _t.Engine.Broker.KeepConnectivityAsync([new("lamp-2", true, TestEngine.T0, "c")], TestContext.Current.CancellationToken);
    }

    private static CreateThing Lamp(string name, string firmware) => new(name)
    {
        ThingTypeName = "lamp", AttributePayload = new() { Attributes = new Dictionary<string, string> { ["firmware"] = firmware } },
    };

    private async Task<List<string>> NamesAsync(SearchThings search)
    {
        var names = new List<string>();
        SearchThingsResponse? page = null;
        do
        {
            page = await _t.Run(search with { NextToken = page?.NextToken });
            names.AddRange(page.Things.Select(thing => thing.ThingName));
        }
        while (page.NextToken is not null);
        return names;
    }
}
