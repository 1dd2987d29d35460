namespace IoTJobsToolkit.Engine.Things.Queries;
public sealed class ThingQueryException(string m):FormatException(m);
public sealed class ThingQuery { public static ThingQuery Parse(string text, int? maxTerms)=>new(); public bool Matches(Thing t)=>ReferenceEquals(this,t);}
