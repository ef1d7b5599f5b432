namespace Toolkit.Trainer.Data;

/// <summary>What the values of a table's column are.</summary>
public enum ColumnKind
{
    /// <summary>Numbers, binary64; a missing one is NaN.</summary>
    Number,

    /// <summary>One of a few texts, stored as a code; a missing one has code -1.</summary>
    Category,

    /// <summary>A date, with or without a time of day; a missing one is <see cref="DateTime.MinValue"/>.</summary>
    Date,

    /// <summary>Any text; the empty text is a value, and nothing is missing.</summary>
    Text,
}
