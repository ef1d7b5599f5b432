namespace Toolkit.EdgeRuntime.Planning;

/// <summary>Where a value lies during a run.</summary>
internal enum ValuePlace
{
    /// <summary>Nowhere: nothing reads it and no step makes it.</summary>
    None,

    /// <summary>It is a constant.</summary>
    Constant,

    /// <summary>In a tensor that the caller feeds.</summary>
    Input,

    /// <summary>In a tensor that the caller gets.</summary>
    Output,

    /// <summary>In the arena.</summary>
    Arena,
}
