using System.Management.Automation;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lets jobs go that wait for approval; their author may not.</summary>
[Cmdlet(VerbsLifecycle.Approve, "IoTJob", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class ApproveIoTJobCommand : ApprovalCmdlet
{
    private protected override string Verb => "Approve";

    private protected override Operation<Nothing> Decide(string jobId) => new ApproveJob(jobId) { Comment = Comment };
}
