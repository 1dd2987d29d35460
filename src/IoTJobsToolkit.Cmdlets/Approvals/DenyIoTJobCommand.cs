using System.Management.Automation;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Cancels jobs that wait for approval.</summary>
[Cmdlet(VerbsLifecycle.Deny, "IoTJob", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class DenyIoTJobCommand : ApprovalCmdlet
{
    private protected override string Verb => "Deny";

    private protected override Operation<Nothing> Decide(string jobId) => new DenyJob(jobId) { Comment = Comment };
}
