using System.Management.Automation;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Makes an account with which somebody signs in to the portal.</summary>
[Cmdlet(VerbsCommon.New, "IoTAccount", SupportsShouldProcess = true)]
[OutputType(typeof(CreateAccountResponse))]
public sealed class NewIoTAccountCommand : ChangingCmdlet
{
    /// <summary>The account's name, and its password of 12 to 128 characters: what Get-Credential asks for.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Credential]
    public PSCredential Account { get; set; } = null!;

    /// <summary>A viewer sees everything and changes nothing, an operator runs jobs and keeps things, an administrator also gives access.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public AccessRole Role { get; set; }

    protected override string Identity => nameof(Account);

    protected override void ProcessRecord()
    {
        if (Wants(Account.UserName, $"Create account with the role {Role}"))
        {
            Send(new CreateAccount(Account.UserName, Role, AccountPassword.Of(Account.Password)), Account.UserName);
        }
    }
}
