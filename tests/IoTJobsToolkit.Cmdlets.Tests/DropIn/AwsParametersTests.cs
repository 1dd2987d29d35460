using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests.DropIn;

public sealed class AwsParametersTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Every_cmdlet_and_parameter_of_AWS_Tools_is_here_and_takes_what_it_takes_there() =>
        None(Differences().Where(difference => !MeantDifference.All.Any(meant => meant.Covers(difference))));

    [Fact]
    public void No_difference_is_listed_as_meant_that_is_none_any_more()
    {
        var differences = Differences();

        None(MeantDifference.All.Where(meant => !differences.Any(meant.Covers)));
    }

    /// <summary>Else all of them are named.</summary>
    private static void None(IEnumerable<object> found) => Assert.True(!found.Any(), string.Join('\n', found));

    private List<Difference> Differences()
    {
        var commands = _shell.Run("Get-Command -Module IoTJobsToolkit").Succeeds().Output
            .Select(command => (CommandInfo)command.BaseObject).ToDictionary(command => command.Name, StringComparer.OrdinalIgnoreCase);
        var cmdlets = commands.Values.OfType<CmdletInfo>();
        var theirs = AwsParameter.All.ToLookup(parameter => parameter.Cmdlet);

        var everywhere = theirs[AwsParameter.EveryCmdlet].SelectMany(parameter => cmdlets
            .Where(cmdlet => theirs.Any(group => group.Key.Equals(cmdlet.Name, StringComparison.OrdinalIgnoreCase)))
            .SelectMany(cmdlet => Difference.Of(parameter, cmdlet, [])));
        var each = theirs.Where(group => group.Key != AwsParameter.EveryCmdlet).SelectMany(group =>
            commands.GetValueOrDefault(group.Key) is CmdletInfo cmdlet
                ? group.SelectMany(parameter => Difference.Of(parameter, cmdlet, group))
                : [new(group.Key, "", "is missing")]);
        var older = AwsParameter.OlderNames
            .Where(name => commands.GetValueOrDefault(name.Key) is not AliasInfo alias || !name.Value.Equals(alias.Definition, StringComparison.OrdinalIgnoreCase))
            .Select(name => new Difference(name.Key, "", "is missing"));
        return [.. everywhere, .. each, .. older];
    }
}
