namespace IoTJobsToolkit.Engine.Activities;

/// <summary>
/// The one place where the audit is written: each operation of an operator that changed something leaves one record, in the transaction of the change.
/// What devices do, and what the engine does by itself, stands in the history of jobs and executions.
/// </summary>
internal static class ActivityTrail
{
    public static void Follow(JobsTransaction tx, Operation operation)
    {
        if (tx is { Caller: { Kind: CallerKind.Operator } caller } && (tx.HasChanges || operation.ChangesElsewhere) && operation.Note(tx) is { } note)
        {
            tx.Leave(new()
            {
                Sequence = tx.NextSequence(),
                At = tx.Now,
                By = caller.Name,
                Role = caller.Role,
                Origin = caller.Origin,
                OperationName = operation.Name,
                SubjectKind = note.Kind,
                SubjectName = note.Name,
                Details = note.Text(),
            });
        }
    }

    /// <summary>Clears up to <paramref name="size"/> records that were left by <paramref name="until"/>.</summary>
    public static void Clear(JobsTransaction tx, DateTimeOffset until, int size) => tx.Changes.ClearedActivities.AddRange(
        tx.Store.ReadFirstActivities(size).TakeWhile(record => record.At <= until).Select(record => record.Sequence));
}
