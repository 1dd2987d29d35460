namespace IoTJobsToolkit.Cmdlets;

/// <summary>Work that cannot be called off, such as reading from a pipe or a network drive that says nothing: Ctrl+C leaves it behind.</summary>
internal static class Interruptible
{
    /// <exception cref="OperationCanceledException">It was not awaited to its end.</exception>
    public static T Run<T>(Func<T> work, CancellationToken stop)
    {
        var running = Task.Run(work, stop);
        Task.WaitAny([running], stop);
        return running.GetAwaiter().GetResult();
    }
}
