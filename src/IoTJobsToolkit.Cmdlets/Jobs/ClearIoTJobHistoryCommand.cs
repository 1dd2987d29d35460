using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Views;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// Purges jobs which ended before an instant, with their executions and history, and the history of jobs which were deleted before it:
/// by hand what retention does by itself.
/// </summary>
[Cmdlet(VerbsCommon.Clear, "IoTJobHistory", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ClearJobHistoryResponse))]
public sealed class ClearIoTJobHistoryCommand : ChangingCmdlet
{
    private const string Activity = "Clearing job history";

    /// <summary>A date, or an age: a number of days or a time span.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [PastArgument]
    public DateTimeOffset OlderThan { get; set; }

    protected override string Identity => nameof(OlderThan);

    private string Target => $"what ended before {Times.Second(OlderThan)}";

    /// <summary>-PassThru writes how much went: there is no name to hand on.</summary>
    protected override string? SelectOr(string? answer) => Select ?? (PassThru ? Selection.Whole : answer);

    protected override void ProcessRecord()
    {
        Selection.CheckProperties(this, typeof(ClearJobHistoryResponse), SelectOr(null));
        if (!TryRun(new ClearJobHistory(OlderThan) { DryRun = true }, Target, out var all))
        {
            return;
        }
        if (IsNothing(all) && !IsWhatIf)
        {
            WriteVerbose($"There is nothing to clear of {Target}.");
            Write(all, Target, null);
        }
        else if (Wants($"{Describe(all)}; {Target}", "Clear"))
        {
            Clear(all);
        }
    }

    private void Clear(ClearJobHistoryResponse all)
    {
        AskAnew();
        var done = new ClearJobHistoryResponse(0, 0, 0) { HasMore = true };
        while (done.HasMore)
        {
            if (!TryRun(new ClearJobHistory(OlderThan), Target, out var part))
            {
                return;
            }
            done = new(done.Jobs + part.Jobs, done.Executions + part.Executions, done.DeletedJobs + part.DeletedJobs) { HasMore = part.HasMore };
            if (done.HasMore)
            {
                WriteProgress(new(0, Activity, $"{Describe(done)} so far") { PercentComplete = Percent(done, all) });
            }
        }
        WriteProgress(new(0, Activity, "Done") { RecordType = ProgressRecordType.Completed });
        SettleAll("Removing executions and history");
        Write(done, Target, null);
    }

    private static bool IsNothing(ClearJobHistoryResponse sums) => sums is { Jobs: 0, DeletedJobs: 0 };

    private static int Percent(ClearJobHistoryResponse done, ClearJobHistoryResponse all) =>
        (int)Math.Min(100, 100L * (done.Jobs + done.DeletedJobs) / Math.Max(1, all.Jobs + all.DeletedJobs));

    internal static string Describe(ClearJobHistoryResponse sums) => IsNothing(sums) ? "nothing" : string.Join(", ", new[]
    {
        sums.Jobs > 0 ? $"{Number(sums.Jobs, "job")} with {Number(sums.Executions, "execution")}" : null,
        sums.DeletedJobs > 0 ? $"history of {Number(sums.DeletedJobs, "deleted job")}" : null,
    }.OfType<string>());

    private static string Number(long count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
