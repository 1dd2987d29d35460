using System.Collections;
using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests.Help;

public sealed class CmdletHelpTests(CmdletHelpTests.OneShell one) : IClassFixture<CmdletHelpTests.OneShell>
{
    public static TheoryData<string> Cmdlets { get; } = [.. HelpPages.Cmdlets];

    [Fact]
    public void Every_cmdlet_has_its_page()
    {
        var cmdlets = one.Shell.Run("(Get-Command -Module IoTJobsToolkit -CommandType Cmdlet).Name").Succeeds().Text;

        Assert.Equal(cmdlets.Order(StringComparer.Ordinal), HelpPages.Cmdlets.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Get_Help_shows_all_of_a_cmdlet(string name)
    {
        var help = (PSObject)one.Shell.One($"Get-Help {name} -Full");

        Assert.StartsWith("MamlCommandHelpInfo", help.TypeNames[0], StringComparison.Ordinal); // Not what PowerShell makes up by itself.
        Assert.Equal(name, Text(help, "Name"));
        Assert.NotEmpty(Text(help, "Synopsis"));
        Assert.NotEmpty(Paragraphs(help, "description"));
        Assert.All(Items(help, "syntax", "syntaxItem"), item => Assert.Equal(name, Text(item, "name")));
        Assert.All(Items(help, "parameters", "parameter"), parameter => Assert.NotEmpty(Paragraphs(parameter, "description")));
        Assert.NotEmpty(Items(help, "inputTypes", "inputType"));
        Assert.NotEmpty(Items(help, "returnValues", "returnValue"));
        Assert.NotEmpty(Items(help, "relatedLinks", "navigationLink"));
        var examples = Items(help, "examples", "example");
        Assert.True(examples.Count >= 3, $"{name} has {examples.Count} examples.");
        Assert.All(examples, example => Assert.NotEmpty(Text(example, "code")));
        Assert.All(examples, example => Assert.NotEmpty(Paragraphs(example, "remarks")));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_help_names_exactly_the_parameters_of_the_cmdlet(string name)
    {
        var parameters = one.Shell.Run($$"""
            $common = [System.Management.Automation.PSCmdlet]::CommonParameters
            (Get-Command {{name}}).Parameters.Values | Where-Object { $_.Name -notin $common } | ForEach-Object Name
            """).Succeeds().Text;
        var sets = one.Shell.Run($"(Get-Command {name}).ParameterSets").Succeeds().Output.Count;
        var help = (PSObject)one.Shell.One($"Get-Help {name} -Full");

        Assert.Equal(parameters.Order(StringComparer.Ordinal), Items(help, "parameters", "parameter").Select(parameter => Text(parameter, "name")).Order(StringComparer.Ordinal));
        Assert.Equal(sets, Items(help, "syntax", "syntaxItem").Count);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Examples_and_single_parameters_can_be_asked_for(string name)
    {
        var examples = one.Shell.Run($"Get-Help {name} -Examples | Out-String -Width 80").Succeeds().Text;
        Assert.Contains("Example 3: ", Assert.Single(examples), StringComparison.Ordinal);

        if (Items((PSObject)one.Shell.One($"Get-Help {name} -Full"), "parameters", "parameter") is not [var described, ..])
        {
            return; // It has none.
        }
        var first = Text(described, "name");
        var parameter = one.Shell.Run($"Get-Help {name} -Parameter {first} | Out-String -Width 80").Succeeds().Text;
        Assert.Contains($"-{first}", Assert.Single(parameter), StringComparison.Ordinal);
        Assert.Contains("Accept pipeline input?", parameter[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_says_what_the_class_says_of_a_parameter()
    {
        var parameter = (PSObject)one.Shell.One("Get-Help Get-IoTEndpoint -Parameter EndpointType");

        Assert.Equal("false", Text(parameter, "required"));
        Assert.Equal("0", Text(parameter, "position"));
        Assert.Equal("True (ByValue, ByPropertyName)", Text(parameter, "pipelineInput"));
        Assert.Equal("RegionToCall", Text((PSObject)one.Shell.One("Get-Help Get-IoTEndpoint -Parameter Region"), "aliases"));
    }

    private static List<PSObject> Items(PSObject help, string list, string item) =>
        help.Properties[list]?.Value is PSObject items && items.Properties[item]?.Value is { } found ? Many(found) : [];

    private static string Text(PSObject item, string property) => item.Properties[property].Value.ToString()!.Trim();

    private static List<string> Paragraphs(PSObject item, string property) => [.. Many(item.Properties[property].Value)
        .Select(paragraph => (paragraph.Properties["Text"]?.Value as string ?? "").Trim()).Where(text => text.Length > 0)];

    private static List<PSObject> Many(object value) => value switch
    {
        PSObject { BaseObject: IList list } => [.. list.Cast<object>().Select(PSObject.AsPSObject)],
        IList list => [.. list.Cast<object>().Select(PSObject.AsPSObject)],
        _ => [PSObject.AsPSObject(value)],
    };

    public sealed class OneShell : IDisposable
    {
        internal Shell Shell { get; } = new();

        public void Dispose() => Shell.Dispose();
    }
}
