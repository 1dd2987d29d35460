using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests.Hosting;

/// <summary>What a script wrote to each of its streams.</summary>
internal sealed record Outcome(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<ProgressRecord> Progress)
{
    /// <summary>The error which ended the script; null when it ran to its end.</summary>
    public ErrorRecord? Terminated { get; private init; }

    public IReadOnlyList<string> Text => [.. Output.Select(item => item.ToString())];

    public static Outcome Of(PowerShell powershell, object[] input)
    {
        var output = new PSDataCollection<PSObject>();
        ErrorRecord? terminated = null;
        try
        {
            powershell.Invoke(input, output);
        }
        catch (RuntimeException exception)
        {
            terminated = exception.ErrorRecord;
        }
        return Of(powershell, output, terminated);
    }

    public static Outcome Of(PowerShell powershell, IEnumerable<PSObject> output, ErrorRecord? terminated) => new(
        [.. output],
        [.. powershell.Streams.Error],
        [.. powershell.Streams.Warning.Select(warning => warning.Message)],
        [.. powershell.Streams.Progress])
    {
        Terminated = terminated,
    };

    public Outcome Succeeds()
    {
        Assert.Null(Terminated?.ToString());
        Assert.True(Errors.Count == 0, string.Join("\n", Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error} {error.Exception.StackTrace}")));
        return this;
    }

    public void IsSilent()
    {
        Succeeds();
        Assert.Empty(Output);
    }

    /// <summary>The one refusal of the script.</summary>
    public ErrorRecord Fails(string id)
    {
        var error = Terminated ?? Assert.Single(Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        return error;
    }
}
