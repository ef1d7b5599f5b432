namespace Toolkit.Export;

/// <summary>What an export wrote and how well it agrees with the trainer.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Check">The comparison that it passed.</param>
public sealed record OnnxExportReport(string Path, long Bytes, CrossCheckReport Check);
