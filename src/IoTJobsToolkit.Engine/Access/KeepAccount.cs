namespace IoTJobsToolkit.Engine.Access;

/// <summary>An administrator whom the installation gives, with a password that it gives or makes.</summary>
internal sealed record KeepAccount(string AccountName, string PasswordHash) : Operation<Nothing>
{
    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override Nothing Run(JobsTransaction tx)
    {
        var former = tx.FindAccount(AccountName);
        tx.Save(former, new Account
        {
            Sequence = former?.Sequence ?? tx.NextSequence(),
            Name = former?.Name ?? AccountName,
            Role = AccessRole.ADMINISTRATOR,
            PasswordHash = PasswordHash,
            Stamp = tx.NextSequence(),
            CreatedAt = former?.CreatedAt ?? tx.Now,
            CreatedBy = former?.CreatedBy ?? tx.Caller.Name,
            LastSignInAt = former?.LastSignInAt,
        });
        return Nothing.Value;
    }
}
