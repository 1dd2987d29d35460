using System.Diagnostics;
using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.CodeSigning;

/// <summary>Shows how much of a file is read, where that takes long, a few times a second.</summary>
internal sealed class SigningProgress(Action<ProgressRecord> show)
{
    private const string Activity = "Signing";

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private long _last = Stopwatch.GetTimestamp();
    private bool _isShown;

    public void Show(string path, long read, long all)
    {
        if (Stopwatch.GetElapsedTime(_last) < Pace || all == 0)
        {
            return;
        }
        _last = Stopwatch.GetTimestamp();
        _isShown = true;
        show(new(1, Activity, path) { PercentComplete = (int)Math.Min(100, read * 100 / all) });
    }

    public void Complete()
    {
        _last = Stopwatch.GetTimestamp();
        if (_isShown)
        {
            _isShown = false;
            show(new(1, Activity, " ") { RecordType = ProgressRecordType.Completed });
        }
    }
}
