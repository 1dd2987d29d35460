using System.Management.Automation;
using IoTJobsToolkit.Engine.Measures;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Tells what a job would do if it were created now: how many things, its rollout, what aborts it, what comes first, what devices get.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "IoTJob")]
[OutputType(typeof(JobMeasure))]
public sealed class MeasureIoTJobCommand : JobDraftCmdlet
{
    private protected override string Done => "measured";

    private protected override void Do(CreateJob job) => Send(new MeasureJob(job), job.JobId);
}
