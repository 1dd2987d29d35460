using System.Text;
using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Makes an access key. Its secret is in this answer and nowhere else.</summary>
/// <param name="UserName">Who uses it: 1 to 64 characters without control characters; several keys may have one name.</param>
public sealed record CreateAccessKey(string UserName, AccessRole? Role) : Operation<CreateAccessKeyResponse>
{
    /// <summary>Every request looks its key up in memory, and whoever has this many wants something else.</summary>
    internal const int MaxKeys = 1_000;

    [JsonIgnore]
    internal IssuedAccessKey? Issued { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.Required("userName", UserName);
        check.Text("userName", UserName, 1, 64, TextPattern.NoControl);
        check.Required("role", Role);
        check.Defined("role", Role);
    }

    internal override ValueTask<Operation> PrepareAsync(JobsServices services, CancellationToken cancellationToken) =>
        new(this with { Issued = services.Credentials.NewAccessKey() });

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.ACCESS_KEY, Issued!.AccessKeyId, $"of {UserName}", Role.ToString());

    internal override CreateAccessKeyResponse Run(JobsTransaction tx)
    {
        if (tx.Memory.AccessKeys.ById.Count >= MaxKeys)
        {
            throw JobsException.LimitExceeded($"There are {MaxKeys} access keys already; delete those that are no longer used.");
        }
        var key = new AccessKey
        {
            Sequence = tx.NextSequence(),
            AccessKeyId = Issued!.AccessKeyId,
            UserName = UserName,
            Role = Role!.Value,
            ProtectedSecret = Issued.ProtectedSecret,
            CreatedAt = tx.Now,
            CreatedBy = tx.Caller.Name,
        };
        tx.Save(null, key);
        return new(key.AccessKeyId, Issued.SecretAccessKey, UserName, key.Role, key.CreatedAt);
    }
}

/// <param name="SecretAccessKey">Shown this once.</param>
public sealed record CreateAccessKeyResponse(
    string AccessKeyId, string SecretAccessKey, string UserName, AccessRole Role, DateTimeOffset CreatedAt)
{
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(AccessKeyId).Append(", ").Append(UserName).Append(", ").Append(Role); // The secret is for nobody's log.
        return true;
    }
}
