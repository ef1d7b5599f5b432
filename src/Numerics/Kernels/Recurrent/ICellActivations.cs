namespace Toolkit.Numerics.Kernels;

/// <summary>The activations of a cell as ONNX numbers them: f of the gates, g of the candidate, h of the cell state.</summary>
internal interface ICellActivations
{
    /// <summary>f, of the gates.</summary>
    TLanes F<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>g, of the candidate; a plain cell has only this one.</summary>
    TLanes G<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>h, of an LSTM's cell state.</summary>
    TLanes H<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>;
}
