declare module 'bpmn-moddle' {
  /** The part of bpmn-moddle that we use; its own types are not exported by the package. */
  export class BpmnModdle {
    constructor(packages?: Readonly<Record<string, object>>);
    /** What it knows of each type (`bpmn:Activity`) and its own properties, by their full names. */
    readonly registry: {
      readonly typeMap: Readonly<
        Record<string, { readonly propertiesByName: Readonly<Record<string, { type: string }>> }>
      >;
    };
    /** Rejects where the document is not well-formed or its root is not `definitions`. */
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: unknown[] }>;
  }
}
