using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Views;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Sets a virtual clock ahead, stops it, or lets it go at another rate; all that is due until its time is done when it returns.</summary>
[Cmdlet(VerbsCommon.Set, "IoTClock", SupportsShouldProcess = true, DefaultParameterSetName = Going)]
[OutputType(typeof(DescribeClockResponse))]
public sealed class SetIoTClockCommand : ChangingCmdlet
{
    private const string Going = "Rate";
    private const string Standing = "Freeze";

    /// <summary>Where it goes on: a date and time, where one without a zone is local. Not before its time.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public DateTimeOffset? Time { get; set; }

    /// <summary>Its seconds for each real one: 1 goes with the real time, 3600 makes an hour of a second; up to 1000000.</summary>
    [Parameter(ParameterSetName = Going, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0d, 1_000_000d)]
    public double? Rate { get; set; }

    /// <summary>It stands still.</summary>
    [Parameter(ParameterSetName = Standing, Mandatory = true)]
    public SwitchParameter Freeze { get; set; }

    protected override string Identity => nameof(Time);

    protected override void ProcessRecord()
    {
        var rate = Freeze ? 0 : Rate;
        var what = string.Join(" and ", new[]
        {
            Time is { } time ? $"set it to {Times.Zoned(time)}, and do all that is due until then" : null,
            rate switch { null => null, 0 => "stop it", var times => FormattableString.Invariant($"let it go {times} times as fast as the real time") },
        }.OfType<string>());
        if (Wants("clock", what.Length > 0 ? char.ToUpperInvariant(what[0]) + what[1..] : "Set clock"))
        {
            Send(new UpdateClock { Time = Time, Rate = rate }, "clock");
        }
    }
}
