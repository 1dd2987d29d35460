using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Deletes an access key: requests signed with it are refused from now on.</summary>
public sealed record DeleteAccessKey(string AccessKeyId) : Operation<Nothing>
{
    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.Required("accessKeyId", AccessKeyId);
        check.Length("accessKeyId", AccessKeyId, 1, 128);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(
        ActivitySubject.ACCESS_KEY, AccessKeyId, ActivityNote.Named("of", tx.FindAccessKey(AccessKeyId)?.UserName));

    internal override Nothing Run(JobsTransaction tx)
    {
        tx.Delete(tx.FindAccessKey(AccessKeyId) ?? throw JobsException.NotFound($"There is no access key {AccessKeyId}."));
        return Nothing.Value;
    }
}
