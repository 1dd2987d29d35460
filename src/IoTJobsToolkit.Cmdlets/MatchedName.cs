namespace IoTJobsToolkit.Cmdlets;

/// <summary>A name that was typed, or one that a wildcard stands for.</summary>
/// <param name="IsListed">A list has just named it, because a wildcard matches it: what has gone since then is no mistake.</param>
internal readonly record struct MatchedName(string Name, bool IsListed);

/// <summary>The same of an execution, which has two names.</summary>
internal readonly record struct MatchedExecution(string JobId, string ThingName, bool IsListed);
