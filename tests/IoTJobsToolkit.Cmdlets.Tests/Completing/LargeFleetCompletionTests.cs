using System.Diagnostics;
using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests.Completing;

/// <summary>Completion does not depend on how many things there are, nor on where in the alphabet a name stands.</summary>
public abstract class LargeFleetCompletionTests : IDisposable
{
    private const int Things = 100_000;

    private readonly Shell _shell;

    private LargeFleetCompletionTests(Where where)
    {
        _shell = new(where);
        Fleet.Create(_shell.DatabasePath, Things, inGroup: false);
        _shell.Run("Get-IoTThing t000000").Succeeds();
    }

    public sealed class InProcess() : LargeFleetCompletionTests(Where.InProcess);

    public sealed class ThroughServer() : LargeFleetCompletionTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_late_name_completes_in_a_moment()
    {
        Complete("Get-IoTThing t0"); // What runs for the first time is compiled.

        foreach (var (typed, expected) in new[] { ("t09999", 10), ("T09999", 10), ("t05", 250), ("", 250), ("x", 0) })
        {
            var time = Stopwatch.StartNew();
            var names = Complete("Get-IoTThing " + typed);

            Assert.Equal(expected, names.Count);
            Assert.All(names, name => Assert.StartsWith(typed, name, StringComparison.OrdinalIgnoreCase));
            Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
            TestContext.Current.TestOutputHelper?.WriteLine($"'{typed}': {names.Count} names in {time.Elapsed.TotalMilliseconds:F0} ms");
        }
    }

    private List<string> Complete(string line) => [.. _shell.One<CommandCompletion>($"TabExpansion2 -inputScript '{line}' -cursorColumn {line.Length}").CompletionMatches
        .Where(match => match.ResultType == CompletionResultType.ParameterValue).Select(match => match.CompletionText)];
}
