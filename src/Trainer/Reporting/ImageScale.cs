namespace Toolkit.Trainer.Reporting;

/// <summary>How values become brightness or colour.</summary>
public enum ImageScale
{
    /// <summary>0 is black, 1 is white; values beyond are clipped. For pictures as networks take them.</summary>
    Unit,

    /// <summary>Each picture's smallest value is dark, its largest bright. For feature maps.</summary>
    Range,

    /// <summary>
    /// 0 is neutral, negative and positive values have two colours, and all pictures share one scale. For weights; a picture must have one channel.
    /// </summary>
    Diverging,
}
