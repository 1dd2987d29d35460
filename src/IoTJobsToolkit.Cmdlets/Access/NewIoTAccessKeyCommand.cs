using System.Management.Automation;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Makes an access key for a server: with it AWS's SDKs, the AWS CLI and Connect-IoTJobs sign. Its secret is shown this once.</summary>
[Cmdlet(VerbsCommon.New, "IoTAccessKey", SupportsShouldProcess = true)]
[OutputType(typeof(CreateAccessKeyResponse))]
public sealed class NewIoTAccessKeyCommand : ChangingCmdlet
{
    /// <summary>Who uses it: 1 to 64 characters. It stands in the history of what the key changes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] UserName { get; set; } = null!;

    /// <summary>A viewer sees everything and changes nothing, an operator runs jobs and keeps things, an administrator also gives access.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public AccessRole Role { get; set; }

    protected override string Identity => nameof(UserName);

    protected override void ProcessRecord()
    {
        foreach (var name in UserName)
        {
            if (Wants(name, $"Create access key with the role {Role}"))
            {
                Send(new CreateAccessKey(name, Role), name);
            }
        }
    }
}
