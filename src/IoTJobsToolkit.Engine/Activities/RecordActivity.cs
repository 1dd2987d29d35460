using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Engine.Activities;

/// <summary>Something for the audit that no operation does, such as a sign-in. Texts are cut to what an audit needs.</summary>
/// <param name="By">Who did it, or who they said they were.</param>
/// <param name="OperationName">What was done, in the manner of an operation: <c>SignIn</c>.</param>
public sealed record ActivityFact(string By, string OperationName, ActivitySubject SubjectKind, string SubjectName)
{
    public AccessRole? Role { get; init; }

    public CallOrigin? Origin { get; init; }

    /// <summary>A few words; never a secret.</summary>
    public string? Details { get; init; }
}

/// <summary>Keeps a fact; asked by servers, not by callers.</summary>
internal sealed record RecordActivity(ActivityFact Fact) : Operation<Nothing>
{
    private const int MaxName = 128;

    internal override Nothing Run(JobsTransaction tx)
    {
        tx.Leave(new()
        {
            Sequence = tx.NextSequence(),
            At = tx.Now,
            By = ActivityNote.Shorten(Fact.By, MaxName),
            Role = Fact.Role,
            Origin = Fact.Origin,
            OperationName = Fact.OperationName,
            SubjectKind = Fact.SubjectKind,
            SubjectName = ActivityNote.Shorten(Fact.SubjectName, MaxName),
            Details = new ActivityNote(Fact.SubjectKind, "", Fact.Details).Text(),
        });
        return Nothing.Value;
    }
}
