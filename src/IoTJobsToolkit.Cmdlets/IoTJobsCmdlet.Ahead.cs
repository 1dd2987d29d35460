using System.Management.Automation;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// Changes of a long pipeline of which nothing is written: they are sent, in order, while those before are still being made durable, so that
/// one commit does for many. All have been answered when the cmdlet ends.
/// </summary>
public abstract partial class IoTJobsCmdlet
{
    private readonly Queue<(Task Answer, Operation Operation, string Target)> _ahead = new();

    /// <summary>Who wants to stop at the first error wants nothing done after it.</summary>
    private bool GoesOnAfterErrors => Preference() is ActionPreference.Continue or ActionPreference.SilentlyContinue or ActionPreference.Ignore;

    /// <summary>As <see cref="Send"/> where nothing is to be written, but the refusal may come with a later record.</summary>
    protected void SendAhead<T>(Operation<T> operation, string target)
        where T : class
    {
        if (!MyInvocation.ExpectingInput || SelectOr(null) is not null || Lease.Ahead == 0 || !GoesOnAfterErrors)
        {
            Send(operation, target, null);
            return;
        }
        PassTime();
        WriteDebug(operation.ToString());
        _ahead.Enqueue((Lease.Jobs.ExecuteAsync(operation, _stop.Token), operation, target));
        AwaitAhead(_ahead.Count < Lease.Ahead ? _ahead.Count : Lease.Ahead / 2);
    }

    private void AwaitAhead(int left)
    {
        if (_ahead.Count > left)
        {
            // They are answered in order: the last one is waited for, instead of each.
            Task.WaitAny(_ahead.ElementAt(_ahead.Count - left - 1).Answer);
        }
        while (_ahead.TryPeek(out var first) && (_ahead.Count > left || first.Answer.IsCompleted))
        {
            _ahead.Dequeue();
            try
            {
                first.Answer.GetAwaiter().GetResult();
            }
            catch (JobsException refusal) when (!IsOfTheWay(refusal))
            {
                WriteError(Teach(refusal, first.Operation, first.Target));
            }
            catch (Exception exception) when (exception is not PipelineStoppedException)
            {
                throw Failed(exception);
            }
        }
    }

    private ActionPreference Preference() => MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var bound)
        ? (ActionPreference)bound
        : LanguagePrimitives.TryConvertTo<ActionPreference>(SessionState.PSVariable.GetValue("ErrorActionPreference"), out var set) ? set : ActionPreference.Stop;
}
