namespace IoTJobsToolkit.Engine.Access;

/// <summary>An access key which the installation gives instead of having it made; it takes the place of those it gave before.</summary>
internal sealed record KeepAccessKey(IssuedAccessKey Given, string UserName) : Operation<Nothing>
{
    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override Nothing Run(JobsTransaction tx)
    {
        foreach (var former in tx.Memory.AccessKeys.ById.Values.Where(key => key.AccessKeyId == Given.AccessKeyId || IsOwn(key, tx)))
        {
            tx.Delete(former);
        }
        tx.Save(null, new AccessKey
        {
            Sequence = tx.NextSequence(),
            AccessKeyId = Given.AccessKeyId,
            UserName = UserName,
            Role = AccessRole.ADMINISTRATOR,
            ProtectedSecret = Given.ProtectedSecret,
            CreatedAt = tx.Now,
            CreatedBy = tx.Caller.Name,
        });
        return Nothing.Value;
    }

    private bool IsOwn(AccessKey key, JobsTransaction tx) => key.CreatedBy == tx.Caller.Name && key.UserName == UserName;
}
