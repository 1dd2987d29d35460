using System.Management.Automation;
using System.Security;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// Gives accounts another role or password, or unlocks them; with a new role or password they have to sign in again. With the old password anybody may change the
/// password of their own account.
/// </summary>
[Cmdlet(VerbsCommon.Set, "IoTAccount", SupportsShouldProcess = true, DefaultParameterSetName = Given)]
[OutputType(typeof(string))]
public sealed class SetIoTAccountCommand : ChangingCmdlet
{
    private const string Given = "Given";
    private const string Own = "Own";

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public string[] AccountName { get; set; } = null!;

    [Parameter(Position = 1, ParameterSetName = Given)]
    public AccessRole? Role { get; set; }

    /// <summary>12 to 128 characters; it unlocks the account too.</summary>
    [Parameter(ParameterSetName = Given)]
    [Parameter(ParameterSetName = Own, Mandatory = true)]
    public SecureString? Password { get; set; }

    /// <summary>Forgets the wrong passwords until now.</summary>
    [Parameter(ParameterSetName = Given)]
    public SwitchParameter Unlock { get; set; }

    /// <summary>The password of one's own account until now.</summary>
    [Parameter(ParameterSetName = Own, Mandatory = true)]
    public SecureString? OldPassword { get; set; }

    protected override string Identity => nameof(AccountName);

    protected override void ProcessRecord()
    {
        foreach (var name in AccountName)
        {
            if (!Wants(name, $"Set {What()}"))
            {
                continue;
            }
            if (OldPassword is not null)
            {
                Send(new ChangePassword(name, AccountPassword.Of(OldPassword), AccountPassword.Of(Password!)), name, null);
            }
            else
            {
                Send(
                    new UpdateAccount(name)
                    {
                        Role = Role,
                        Password = Password is null ? null : AccountPassword.Of(Password),
                        Unlock = Unlock ? true : null,
                    },
                    name,
                    null);
            }
        }
    }

    private string What() => string.Join(", ", new[] { Role is { } role ? $"role {role}" : null, Password is null ? null : "password", Unlock ? "unlocked" : null }.OfType<string>());
}
