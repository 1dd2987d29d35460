using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Sets a virtual clock ahead by a while, or to the next event; all that is due until then is done when it returns.</summary>
[Cmdlet(VerbsCommon.Step, "IoTClock", SupportsShouldProcess = true, DefaultParameterSetName = ByTime)]
[OutputType(typeof(DescribeClockResponse))]
public sealed class StepIoTClockCommand : ChangingCmdlet
{
    private const string ByTime = "By";
    private const string ToEvent = "NextEvent";

    /// <summary>By how much: a time span, or a number of seconds; up to a year.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByTime)]
    [DurationArgument(DurationUnit.Seconds)]
    [ValidateRange(1L, 31_536_000L)]
    public long By { get; set; }

    /// <summary>To the next event: a timeout, a step of a rollout, a start, opening, closing or end, a purge.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToEvent)]
    public SwitchParameter NextEvent { get; set; }

    /// <summary>So many events, one after the other; it ends before where none is to come.</summary>
    [Parameter(ParameterSetName = ToEvent)]
    [ValidateRange(1, 100_000)]
    public int Count { get; set; } = 1;

    protected override string Identity => nameof(By);

    protected override void ProcessRecord()
    {
        if (!Wants("clock", NextEvent ? Count == 1 ? "Set it to the next event" : $"Set it to the next {Count} events" : $"Set it ahead by {TimeSpan.FromSeconds(By)}"))
        {
            return;
        }
        if (!NextEvent)
        {
            Send(new AdvanceClock { Seconds = By }, "clock");
            return;
        }
        for (var i = 0; i < Count && (i == 0 || TryRun(new DescribeClock(), "clock", out var clock) && clock.NextEventAt is not null); i++)
        {
            if (!Send(new AdvanceClock { ToNextEvent = true }, "clock"))
            {
                return;
            }
        }
    }
}
